#include "search/analysis/pareto.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace hone {

namespace {

/// Smallest and largest value of an objective.
std::pair<double, double> range_of(const std::vector<ObjectiveVector>& points, std::size_t objective) {
  double low = points.front()[objective];
  double high = low;
  for (const ObjectiveVector& point : points) {
    low = std::min(low, point[objective]);
    high = std::max(high, point[objective]);
  }
  return {low, high};
}

std::vector<ObjectiveVector> scaled(std::vector<ObjectiveVector> points) {
  for (std::size_t k = 0; k < points.front().size(); ++k) {
    const auto [low, high] = range_of(points, k);
    for (ObjectiveVector& point : points) point[k] = high > low ? (point[k] - low) / (high - low) : 0;
  }
  return points;
}

/// The solution of `rows` · x = 1 by elimination with pivots; nothing where the rows depend on each other.
std::optional<std::vector<double>> solve_for_ones(std::vector<ObjectiveVector> rows) {
  constexpr double kDependent = 1e-9;  // the rows lie in [0, 1]
  const std::size_t size = rows.size();
  for (ObjectiveVector& row : rows) row.push_back(1);
  for (std::size_t k = 0; k < size; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < size; ++i) {
      if (std::abs(rows[i][k]) > std::abs(rows[pivot][k])) pivot = i;
    }
    if (std::abs(rows[pivot][k]) < kDependent) return std::nullopt;
    std::swap(rows[k], rows[pivot]);
    for (std::size_t i = 0; i < size; ++i) {
      if (i == k) continue;
      const double factor = rows[i][k] / rows[k][k];
      for (std::size_t j = k; j <= size; ++j) rows[i][j] -= factor * rows[k][j];
    }
  }
  std::vector<double> solution;
  for (std::size_t k = 0; k < size; ++k) solution.push_back(rows[k][size] / rows[k][k]);
  return solution;
}

/// A normal of the hyperplane through the best point of each objective, pointing to worse values.
std::vector<double> normal_of(const std::vector<ObjectiveVector>& front) {
  const std::size_t objectives = front.front().size();
  std::vector<ObjectiveVector> extremes;
  for (std::size_t k = 0; k < objectives; ++k) {
    extremes.push_back(*std::min_element(
        front.begin(), front.end(), [k](const auto& a, const auto& b) { return a[k] != b[k] ? a[k] < b[k] : a < b; }));
  }
  const auto normal = solve_for_ones(extremes);
  if (normal && std::all_of(normal->begin(), normal->end(), [](double part) { return part > 0; })) return *normal;
  return std::vector<double>(objectives, 1.0);
}

}  // namespace

std::vector<std::size_t> ordered_front(const std::vector<ObjectiveVector>& points) {
  std::vector<std::size_t> front = non_dominated(points);
  std::sort(front.begin(), front.end(), [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
  return front;
}

ObjectiveVector reference_of(const std::vector<ObjectiveVector>& points,
                             const std::vector<std::optional<double>>& given) {
  ObjectiveVector reference;
  for (std::size_t k = 0; k < given.size(); ++k) {
    const auto [low, high] = range_of(points, k);
    const double range = high > low ? high - low : high != 0 ? std::abs(high) : 10;
    reference.push_back(given[k].value_or(high + range / 10));
  }
  return reference;
}

std::size_t knee_of(const std::vector<ObjectiveVector>& front) {
  constexpr double kRounding = 1e-12;  // points of one plane are equally far from it
  const std::vector<ObjectiveVector> points = scaled(front);
  const std::vector<double> normal = normal_of(points);
  const auto height = [&](const ObjectiveVector& point) {
    return std::inner_product(point.begin(), point.end(), normal.begin(), 0.0);
  };
  std::size_t knee = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (height(points[i]) < height(points[knee]) - kRounding) knee = i;
  }
  return knee;
}

}  // namespace hone
