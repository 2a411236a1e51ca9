#include "tests/bench/problems/curves.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/statistics.h"
#include "tests/bench/problems/shapes.h"

namespace hone {
namespace {

/// TaskSet's eight-parameter Adam (Metz et al. 2020, appendix): every axis is log-uniform, the betas in 1 − β.
struct CurveAxis {
  const char* name;
  const char* key;
  double low;
  double high;
  bool complement;
};
constexpr CurveAxis kAxes[] = {{"learning_rate", "learning_rate", 1e-8, 10, false},
                               {"one_minus_beta1", "beta1", 1e-4, 1, true},
                               {"one_minus_beta2", "beta2", 1e-6, 1, true},
                               {"epsilon", "epsilon", 1e-10, 1e3, false},
                               {"l1", "l1", 1e-8, 10, false},
                               {"l2", "l2", 1e-8, 10, false},
                               {"linear_decay", "linear_decay", 1e-7, 1e-4, false},
                               {"exponential_decay", "exponential_decay", 1e-6, 1e-3, false}};

std::string read_gzip(const std::filesystem::path& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) throw Error("bench::missing-data", "`" + path.string() + "` cannot be opened");
  std::string text;
  std::array<char, 1 << 16> block{};
  int length = 0;
  while ((length = gzread(file, block.data(), block.size())) > 0) text.append(block.data(), length);
  gzclose(file);
  if (length < 0) throw Error("bench::missing-data", "`" + path.string() + "` is damaged");
  return text;
}

/// The files hold the literal NaN, which is no JSON: null takes its place.
std::string without_nan(std::string text) {
  for (std::size_t at = text.find("NaN"); at != std::string::npos; at = text.find("NaN", at)) {
    text.replace(at, 3, "null");
  }
  return text;
}

LearningCurves::Row read_row(const nlohmann::json& object) {
  LearningCurves::Row row;
  for (const CurveAxis& axis : kAxes) {
    const double value = object.at("hp").at(axis.key).get<double>();
    row.params[axis.name] = std::clamp(axis.complement ? 1 - value : value, axis.low, axis.high);
  }
  const nlohmann::json& losses = object.at("valid").at("loss");
  for (std::size_t step = 0; step < row.loss.size(); ++step) {
    row.loss[step] = losses.at(step).is_null() ? std::nan("") : losses.at(step).get<double>();
  }
  return row;
}

std::vector<double> place_of(const std::vector<ParameterSpec>& space, const Params& params) {
  std::vector<double> place = point_of(space, params);
  for (std::size_t i = 0; i < place.size(); ++i) {
    const double low = *space[i].low;
    const double high = *space[i].high;
    const bool is_log = space[i].log == LogScale::natural;
    place[i] = is_log ? std::log(place[i] / low) / std::log(high / low) : (place[i] - low) / (high - low);
  }
  return place;
}

constexpr const char* kEnding = ".json.gz";

}  // namespace

LearningCurves load_curves(const std::string& name, const std::filesystem::path& data) {
  LearningCurves curves;
  std::filesystem::path path = name;
  if (!std::filesystem::exists(path)) {
    path = data / "learning_curves" / (name.ends_with(kEnding) ? name : name + kEnding);
  }
  curves.name = path.stem().stem().string();
  for (const CurveAxis& axis : kAxes) {
    curves.space.push_back(float_axis(axis.name, axis.low, axis.high, LogScale::natural));
  }
  for (const nlohmann::json& object : nlohmann::json::parse(without_nan(read_gzip(path)))) {
    curves.rows.push_back(read_row(object));
  }
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  curves.best = kInfinity;
  std::vector<double> finals;
  for (const LearningCurves::Row& row : curves.rows) {
    for (double loss : row.loss) curves.best = std::isnan(loss) ? curves.best : std::min(curves.best, loss);
    finals.push_back(std::isnan(row.loss.back()) ? kInfinity : row.loss.back());
  }
  curves.median_final = median(finals);
  return curves;
}

std::vector<std::string> curve_names(const std::filesystem::path& data) {
  std::vector<std::string> names;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(data / "learning_curves", absent)) {
    const std::string file = entry.path().filename().string();
    if (file.ends_with(kEnding)) names.push_back(entry.path().stem().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

double curve_score(const LearningCurves& curves, double lowest_loss) {
  return std::clamp((lowest_loss - curves.best) / (curves.median_final - curves.best), 0.0, 1.0);
}

CurvePool::CurvePool(const LearningCurves& curves) : curves_(curves) {
  for (const LearningCurves::Row& row : curves.rows) places_.push_back(place_of(curves.space, row.params));
}

std::optional<std::size_t> CurvePool::take(const Params& suggestion) {
  const std::vector<double> wanted = place_of(curves_.space, suggestion);
  std::optional<std::size_t> nearest;
  double nearest_distance = std::numeric_limits<double>::infinity();
  for (std::size_t row = 0; row < places_.size(); ++row) {
    if (places_[row].empty()) continue;
    double distance = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      distance += (places_[row][i] - wanted[i]) * (places_[row][i] - wanted[i]);
    }
    if (distance < nearest_distance) {
      nearest = row;
      nearest_distance = distance;
    }
  }
  if (nearest) places_[*nearest].clear();
  return nearest;
}

}  // namespace hone
