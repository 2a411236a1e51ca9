#include "search/gp/fit_subset.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace hone {
namespace {

double squared_distance(const Points& points, std::size_t a, std::size_t b) {
  double sum = 0;
  for (std::size_t i = 0; i < points.dimensions; ++i) {
    const double difference = points[a][i] - points[b][i];
    sum += difference * difference;
  }
  return sum;
}

}  // namespace

std::vector<std::size_t> representative(const GpData& data, std::size_t count) {
  const std::size_t size = data.points.size();
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (size <= count) return order;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return data.targets[a] < data.targets[b]; });
  std::vector<double> nearest(size, std::numeric_limits<double>::infinity());
  std::vector<bool> chosen(size, false);
  std::vector<std::size_t> indices;
  const auto choose = [&](std::size_t index) {
    chosen[index] = true;
    indices.push_back(index);
    for (std::size_t a = 0; a < size; ++a) {
      nearest[a] = std::min(nearest[a], squared_distance(data.points, a, index));
    }
  };
  for (std::size_t i = 0; i < std::max<std::size_t>(count / 2, 1); ++i) choose(order[i]);
  while (indices.size() < count) {
    std::size_t farthest = size;
    for (std::size_t a = 0; a < size; ++a) {
      if (!chosen[a] && (farthest == size || nearest[a] > nearest[farthest])) farthest = a;
    }
    choose(farthest);
  }
  std::sort(indices.begin(), indices.end());
  return indices;
}

GpData subset(const GpData& data, const std::vector<std::size_t>& indices) {
  GpData part = {{data.points.dimensions, {}}, data.groups, {}};
  for (const std::size_t index : indices) {
    part.points.add(data.points[index]);
    part.targets.push_back(data.targets[index]);
  }
  return part;
}

}  // namespace hone
