#include "search/samplers/trust_region.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hone {
namespace {

constexpr double kFirstLength = 0.8;
constexpr double kLeastLength = 1.0 / 128;
constexpr double kGreatestLength = 1.6;
constexpr int kSuccesses = 3;
constexpr std::int64_t kLeastPatience = 4;
constexpr std::int64_t kShrinkages = 30;
/// How much longer or shorter a side may be than the mean one.
constexpr double kGreatestStretch = 8;

bool is_of_region(const HistoryTrial& trial) { return trial.notes.find("\"trust-region\"") != std::string::npos; }

}  // namespace

double trust_length(const std::vector<Observation>& observed, std::int64_t patience) {
  double length = kFirstLength;
  double best = std::numeric_limits<double>::infinity();
  int successes = 0;
  std::int64_t failures = 0;
  for (const Observation& observation : observed) {
    const bool is_gain = observation.value < best;
    best = std::min(best, observation.value);
    if (!is_of_region(*observation.trial)) continue;
    successes = is_gain ? successes + 1 : 0;
    failures = is_gain ? 0 : failures + 1;
    if (successes == kSuccesses) {
      length = std::min(2 * length, kGreatestLength);
      successes = 0;
    } else if (failures == patience) {
      length = length / 2 < kLeastLength ? kFirstLength : length / 2;
      failures = 0;
    }
  }
  return length;
}

std::int64_t trust_patience(std::size_t dimensions, const std::optional<std::int64_t>& trials) {
  auto patience = static_cast<std::int64_t>(dimensions);
  if (trials) patience = std::min(patience, *trials / kShrinkages);
  return std::max(patience, kLeastPatience);
}

SearchBox trust_box(const GpEmbedding& embedding, const std::vector<double>& centre, const std::vector<double>& lengths,
                    double length) {
  double log_mean = 0;
  for (const double scale : lengths) log_mean += std::log(scale) / static_cast<double>(lengths.size());
  SearchBox box = {std::vector<double>(centre.size(), 0.0), std::vector<double>(centre.size(), 1.0)};
  for (std::size_t i = 0; i < centre.size(); ++i) {
    const auto coordinate = embedding.slope_coordinate(i);
    if (!coordinate) continue;
    const double stretch = lengths[embedding.groups()[*coordinate]] / std::exp(log_mean);
    const double half = length / 2 * std::clamp(stretch, 1 / kGreatestStretch, kGreatestStretch);
    box.low[i] = std::max(0.0, centre[i] - half);
    box.high[i] = std::min(1.0, centre[i] + half);
  }
  return box;
}

}  // namespace hone
