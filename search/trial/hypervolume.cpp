#include "search/trial/hypervolume.h"

#include <algorithm>
#include <cmath>

namespace hone {
namespace {

double box(const ObjectiveVector& point, const ObjectiveVector& reference) {
  double volume = 1;
  for (std::size_t k = 0; k < point.size(); ++k) volume *= reference[k] - point[k];
  return volume;
}

/// Points that none dominates, each once.
std::vector<ObjectiveVector> front_of(const std::vector<ObjectiveVector>& points) {
  std::vector<ObjectiveVector> front;
  for (const std::size_t i : non_dominated(points)) front.push_back(points[i]);
  return front;
}

/// `front` in lexicographic order.
double area(const std::vector<ObjectiveVector>& front, const ObjectiveVector& reference) {
  double sum = 0;
  double above = reference[1];
  for (const ObjectiveVector& point : front) {
    sum += (reference[0] - point[0]) * (above - point[1]);
    above = point[1];
  }
  return sum;
}

double volume(std::vector<ObjectiveVector> front, const ObjectiveVector& reference) {
  std::sort(front.begin(), front.end());
  if (reference.size() == 2) return area(front, reference);
  double sum = 0;
  for (std::size_t i = 0; i < front.size(); ++i) {
    // What the later points share with this one: their volume inside its box.
    std::vector<ObjectiveVector> inside(front.begin() + static_cast<std::ptrdiff_t>(i) + 1, front.end());
    for (ObjectiveVector& point : inside) {
      for (std::size_t k = 0; k < point.size(); ++k) point[k] = std::max(point[k], front[i][k]);
    }
    sum += box(front[i], reference) - volume(front_of(inside), reference);
  }
  return sum;
}

}  // namespace

double hypervolume(std::vector<ObjectiveVector> points, const ObjectiveVector& reference) {
  std::erase_if(points, [&](const ObjectiveVector& point) {
    for (std::size_t k = 0; k < point.size(); ++k) {
      if (!(point[k] < reference[k])) return true;
    }
    return false;
  });
  if (points.empty()) return 0;
  if (reference.size() == 1) return reference[0] - std::min_element(points.begin(), points.end())->front();
  return volume(front_of(points), reference);
}

ObjectiveVector reference_beyond(const std::vector<ObjectiveVector>& points) {
  const std::vector<ObjectiveVector> front = front_of(points);
  ObjectiveVector reference;
  for (std::size_t k = 0; k < front.front().size(); ++k) {
    double low = front.front()[k];
    double high = low;
    for (const ObjectiveVector& point : front) {
      low = std::min(low, point[k]);
      high = std::max(high, point[k]);
    }
    const double range = high > low ? high - low : high != 0 ? std::abs(high) : 10;
    reference.push_back(high + range / 10);
  }
  return reference;
}

}  // namespace hone
