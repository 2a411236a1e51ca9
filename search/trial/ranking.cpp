#include "search/trial/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace hone {
namespace {

/// What points are sorted by, the lower the better.
struct Key {
  double first = 0;
  double second = 0;

  bool operator<(const Key& other) const { return first != other.first ? first < other.first : second < other.second; }
};

std::vector<Key> pareto_keys(const std::vector<ObjectiveVector>& points) {
  const std::vector<std::size_t> fronts = fronts_of(points);
  std::vector<std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (fronts[i] >= members.size()) members.resize(fronts[i] + 1);
    members[fronts[i]].push_back(i);
  }
  std::vector<Key> keys(points.size());
  for (std::size_t front = 0; front < members.size(); ++front) {
    std::vector<ObjectiveVector> of_front;
    for (const std::size_t i : members[front]) of_front.push_back(points[i]);
    const std::vector<double> distances = crowding_distances(of_front);
    for (std::size_t j = 0; j < distances.size(); ++j) {
      keys[members[front][j]] = {static_cast<double>(front), -distances[j]};
    }
  }
  return keys;
}

std::vector<Key> lexicographic_keys(const std::vector<ObjectiveVector>& points, std::span<const double> tolerances) {
  std::vector<Key> keys(points.size());
  std::vector<std::size_t> left(points.size());
  std::iota(left.begin(), left.end(), std::size_t{0});
  for (std::size_t k = 0; k < tolerances.size(); ++k) {
    double best = std::numeric_limits<double>::infinity();
    for (const std::size_t i : left) best = std::min(best, points[i][k]);
    // Who goes on further is better: the keys of those left are overwritten by the next objective.
    for (const std::size_t i : left) keys[i] = {-static_cast<double>(k), points[i][k]};
    std::erase_if(left, [&](std::size_t i) { return points[i][k] > best + tolerances[k] * std::abs(best); });
  }
  return keys;
}

}  // namespace

std::vector<double> total_violations(const std::vector<std::span<const double>>& violations) {
  std::vector<double> sums;
  std::vector<double> counts;
  for (const auto& of_one : violations) {
    sums.resize(std::max(sums.size(), of_one.size()), 0.0);
    counts.resize(sums.size(), 0.0);
    for (std::size_t j = 0; j < of_one.size(); ++j) {
      if (!(of_one[j] > 0)) continue;
      sums[j] += of_one[j];
      counts[j] += 1;
    }
  }
  std::vector<double> totals;
  for (const auto& of_one : violations) {
    double total = 0;
    for (std::size_t j = 0; j < of_one.size(); ++j) {
      if (of_one[j] > 0) total += of_one[j] / (sums[j] / counts[j]);
    }
    totals.push_back(total);
  }
  return totals;
}

std::vector<std::size_t> tiers_of(const std::vector<ObjectiveVector>& points, std::span<const double> tolerances) {
  const std::vector<Key> keys = tolerances.empty() ? pareto_keys(points) : lexicographic_keys(points, tolerances);
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return keys[a] < keys[b]; });
  std::vector<std::size_t> tiers(points.size(), 0);
  for (std::size_t i = 1; i < order.size(); ++i) {
    tiers[order[i]] = tiers[order[i - 1]] + (keys[order[i - 1]] < keys[order[i]] ? 1 : 0);
  }
  return tiers;
}

}  // namespace hone
