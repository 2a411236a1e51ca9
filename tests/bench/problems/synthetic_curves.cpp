#include "tests/bench/problems/synthetic_curves.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "core/random.h"
#include "core/statistics.h"
#include "core/text.h"
#include "tests/bench/problems/shapes.h"

namespace hone {
namespace {

constexpr std::size_t kParameters = 8;
constexpr int kRows = 1000;
constexpr double kStart = 2.3;
constexpr double kNoise = 0.05;
constexpr std::pair<std::string_view, CurveFamily> kFamilies[] = {{"power", CurveFamily::power},
                                                                  {"crossing", CurveFamily::crossing},
                                                                  {"noisy", CurveFamily::noisy},
                                                                  {"diverging", CurveFamily::diverging}};

using Place = std::array<double, kParameters>;

/// What the parameters mean in one instance.
class Task {
 public:
  Task(CurveFamily family, std::uint64_t instance) : family_(family), random_(instance, -1, "synthetic curves") {
    for (std::size_t i = 0; i < kParameters; ++i) {
      best_[i] = random_.uniform(0.15, 0.85);
      weights_[i] = std::pow(0.45, static_cast<double>(i)) * 8;
    }
    // Which parameter is how important.
    for (std::size_t i = kParameters - 1; i > 0; --i) {
      std::swap(weights_[i], weights_[static_cast<std::size_t>(random_.index(static_cast<std::int64_t>(i) + 1))]);
    }
    weights_[0] = std::max(weights_[0], 4.0);
    bend_ = random_.uniform(-2, 2);
    edge_ = random_.uniform(0.75, 0.92);
    fastest_ = best_[0] + (best_[0] < 0.5 ? 0.35 : -0.35);
    if (family_ == CurveFamily::diverging) fastest_ = std::min(fastest_, edge_);
  }

  LearningCurves::Row row(const std::vector<ParameterSpec>& space) {
    LearningCurves::Row row;
    Place place{};
    for (std::size_t i = 0; i < kParameters; ++i) row.params[space[i].name] = place[i] = random_.uniform();
    const double low = asymptote(place);
    const double at = speed(place);
    for (std::size_t step = 0; step < row.loss.size(); ++step) {
      row.loss[step] = low + (kStart - low) * std::pow(1 + at * static_cast<double>(step), -0.8);
      if (family_ == CurveFamily::noisy) row.loss[step] *= std::exp(kNoise * random_.normal());
    }
    if (family_ == CurveFamily::diverging && place[0] > edge_) explode(row, place);
    return row;
  }

 private:
  double asymptote(const Place& place) const {
    double distance = 0;
    for (std::size_t i = 0; i < kParameters; ++i) {
      distance += weights_[i] * (place[i] - best_[i]) * (place[i] - best_[i]);
    }
    distance += bend_ * (place[0] - best_[0]) * (place[1] - best_[1]);
    return 0.05 + 2.5 * (1 - std::exp(-std::max(0.0, distance)));
  }

  double speed(const Place& place) const {
    if (family_ == CurveFamily::power || family_ == CurveFamily::noisy) return 0.5;
    const double away = (place[0] - fastest_) / 0.3;
    return 0.05 + 1.5 * std::exp(-away * away);
  }

  void explode(LearningCurves::Row& row, const Place& place) const {
    const auto first = static_cast<std::size_t>(1 + 40 * (1 - (place[0] - edge_) / (1 - edge_)));
    for (std::size_t step = first; step < row.loss.size(); ++step) {
      const auto since = static_cast<double>(step - first);
      row.loss[step] = since < 6 ? row.loss[step] + std::pow(10.0, since) : std::numeric_limits<double>::quiet_NaN();
    }
  }

  CurveFamily family_;
  RandomStream random_;
  Place best_{};
  Place weights_{};
  double bend_ = 0;
  double edge_ = 1;
  double fastest_ = 0.5;
};

}  // namespace

LearningCurves make_curves(CurveFamily family, std::uint64_t instance) {
  LearningCurves curves;
  curves.space = float_box("x", kParameters, 0, 1);
  Task task(family, instance);
  std::vector<double> finals;
  curves.best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < kRows; ++i) {
    curves.rows.push_back(task.row(curves.space));
    const auto& loss = curves.rows.back().loss;
    for (const double value : loss) curves.best = std::isnan(value) ? curves.best : std::min(curves.best, value);
    finals.push_back(std::isnan(loss.back()) ? std::numeric_limits<double>::infinity() : loss.back());
  }
  curves.median_final = median(finals);
  return curves;
}

std::optional<LearningCurves> synthetic_curves_named(std::string_view name) {
  for (const auto& [word, family] : kFamilies) {
    const std::string start = "synthetic:" + std::string(word) + ":";
    if (!name.starts_with(start)) continue;
    const auto instance = parse_integer(name.substr(start.size()));
    if (!instance) return std::nullopt;
    LearningCurves curves = make_curves(family, static_cast<std::uint64_t>(*instance));
    curves.name = std::string(name);
    return curves;
  }
  return std::nullopt;
}

}  // namespace hone
