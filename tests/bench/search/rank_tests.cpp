#include "tests/bench/search/rank_tests.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/statistics.h"

namespace hone {
namespace {

std::vector<std::size_t> order_of(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return order;
}

}  // namespace

std::vector<double> ranks_of(const std::vector<double>& values, double tolerance) {
  const std::vector<std::size_t> order = order_of(values);
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && values[order[end]] <= values[order[first]] + tolerance) ++end;
    const double shared = static_cast<double>(first + 1 + end) / 2;
    for (; first < end; ++first) ranks[order[first]] = shared;
  }
  return ranks;
}

double rank_sum_p(std::span<const double> a, std::span<const double> b) {
  std::vector<double> all(a.begin(), a.end());
  all.insert(all.end(), b.begin(), b.end());
  const std::vector<double> ranks = ranks_of(all, 0);
  const auto n = static_cast<double>(a.size());
  const auto m = static_cast<double>(b.size());
  const double sum = std::accumulate(ranks.begin(), ranks.begin() + std::ssize(a), 0.0);
  const double distance = std::abs(sum - n * (n + m + 1) / 2);
  std::sort(all.begin(), all.end());
  double ties = 0;
  for (std::size_t first = 0; first < all.size();) {
    const auto end = static_cast<std::size_t>(std::upper_bound(all.begin(), all.end(), all[first]) - all.begin());
    const auto size = static_cast<double>(end - first);
    ties += size * size * size - size;
    first = end;
  }
  const double variance = n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1)));
  if (!(variance > 0)) return 1;
  return std::min(1.0, 2 * normal_cdf(-std::max(0.0, distance - 0.5) / std::sqrt(variance)));
}

std::vector<double> holm(const std::vector<double>& p_values) {
  std::vector<double> corrected(p_values.size());
  double largest = 0;
  std::size_t left = p_values.size();
  for (const std::size_t i : order_of(p_values)) {
    largest = std::max(largest, std::min(1.0, static_cast<double>(left--) * p_values[i]));
    corrected[i] = largest;
  }
  return corrected;
}

}  // namespace hone
