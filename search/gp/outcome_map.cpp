#include "search/gp/outcome_map.h"

#include <algorithm>
#include <cstddef>

namespace hone {

namespace {

std::vector<std::pair<double, double>> paired(std::span<const double> values, std::span<const double> seen) {
  std::vector<std::pair<double, double>> pairs;
  for (std::size_t i = 0; i < values.size(); ++i) pairs.emplace_back(values[i], seen[i]);
  return pairs;
}

}  // namespace

OutcomeMap::OutcomeMap(std::span<const double> values, std::span<const double> seen)
    : OutcomeMap(paired(values, seen)) {}

OutcomeMap::OutcomeMap(std::vector<std::pair<double, double>> pairs) : pairs_(std::move(pairs)) {
  std::sort(pairs_.begin(), pairs_.end());
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  pairs_.erase(std::unique(pairs_.begin(), pairs_.end(), same), pairs_.end());
}

double OutcomeMap::operator()(double value) const {
  if (pairs_.size() < 2) return pairs_.empty() ? value : pairs_.front().second + (value - pairs_.front().first);
  const auto above = std::lower_bound(pairs_.begin() + 1, pairs_.end() - 1, value,
                                      [](const auto& pair, double wanted) { return pair.first < wanted; });
  const auto below = above - 1;
  const double slope = (above->second - below->second) / (above->first - below->first);
  return below->second + slope * (value - below->first);
}

OutcomeMap OutcomeMap::inverse() const {
  std::vector<std::pair<double, double>> swapped;
  for (const auto& [value, seen] : pairs_) swapped.emplace_back(seen, value);
  return OutcomeMap(std::move(swapped));
}

}  // namespace hone
