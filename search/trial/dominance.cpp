#include "search/trial/dominance.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace hone {
namespace {

/// Indices of the points by `is_before`, equal ones in the order given.
template <class IsBefore>
std::vector<std::size_t> order_by(std::size_t size, const IsBefore& is_before) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), is_before);
  return order;
}

/// Whether a member of a front dominates a point that comes after all of them in lexicographic order. With two
/// objectives the newest member has the lowest second value, so it alone needs to be asked.
bool is_dominated(const std::vector<std::size_t>& front, const std::vector<ObjectiveVector>& points,
                  const ObjectiveVector& point) {
  if (point.size() <= 2) return dominates(points[front.back()], point);
  return std::any_of(front.rbegin(), front.rend(), [&](std::size_t i) { return dominates(points[i], point); });
}

}  // namespace

bool dominates(std::span<const double> a, std::span<const double> b) {
  bool better = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] > b[i]) return false;
    better = better || a[i] < b[i];
  }
  return better;
}

std::vector<std::size_t> fronts_of(const std::vector<ObjectiveVector>& points) {
  std::vector<std::vector<std::size_t>> fronts;
  std::vector<std::size_t> result(points.size());
  for (const std::size_t i : order_by(points.size(), [&](auto a, auto b) { return points[a] < points[b]; })) {
    // A point of a front is dominated by one of each front before it, so the fronts that dominate come first.
    const auto place = std::partition_point(fronts.begin(), fronts.end(),
                                            [&](const auto& front) { return is_dominated(front, points, points[i]); });
    result[i] = static_cast<std::size_t>(place - fronts.begin());
    if (place == fronts.end()) {
      fronts.push_back({i});
    } else {
      place->push_back(i);
    }
  }
  return result;
}

std::vector<std::size_t> non_dominated(const std::vector<ObjectiveVector>& points) {
  std::vector<std::size_t> found;
  for (const std::size_t i : order_by(points.size(), [&](auto a, auto b) { return points[a] < points[b]; })) {
    const bool covered = std::any_of(found.rbegin(), found.rend(), [&](std::size_t other) {
      return points[other] == points[i] || dominates(points[other], points[i]);
    });
    if (!covered) found.push_back(i);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<double> crowding_distances(const std::vector<ObjectiveVector>& front) {
  std::vector<double> distances(front.size(), 0.0);
  if (front.empty()) return distances;
  for (std::size_t k = 0; k < front.front().size(); ++k) {
    const auto order = order_by(front.size(), [&](auto a, auto b) { return front[a][k] < front[b][k]; });
    const double range = front[order.back()][k] - front[order.front()][k];
    distances[order.front()] = distances[order.back()] = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i + 1 < order.size() && range > 0; ++i) {
      distances[order[i]] += (front[order[i + 1]][k] - front[order[i - 1]][k]) / range;
    }
  }
  return distances;
}

}  // namespace hone
