#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/bench/problems/bbob_functions.h"

namespace hone::bbob {
namespace {

struct Peak {
  /// R y, so that a point is turned once for all peaks.
  Vector turned_place;
  Vector curvature;
  double height = 0;
};

std::vector<std::size_t> permutation(RandomStream& stream, std::size_t n) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[stream.index(static_cast<std::int64_t>(i))]);
  return order;
}

/// Diagonal of Λ^α / α^¼ in random order.
Vector curvature_of(RandomStream& stream, std::size_t n, double alpha) {
  const std::vector<std::size_t> order = permutation(stream, n);
  Vector diagonal(n);
  for (std::size_t i = 0; i < n; ++i) {
    diagonal[order[i]] = std::pow(alpha, 0.5 * exponent(i, n)) / std::pow(alpha, 0.25);
  }
  return diagonal;
}

std::vector<Peak> make_peaks(int function, const Instance& at) {
  const std::size_t count = function == 21 ? 101 : 21;
  const double others = static_cast<double>(count - 2);
  const double reach = function == 21 ? 5 : 4.9;
  RandomStream stream(at.seed, static_cast<std::int64_t>(at.n), "bbob peaks " + std::to_string(function));
  const std::vector<std::size_t> order = permutation(stream, count - 1);
  std::vector<Peak> peaks;
  for (std::size_t i = 0; i < count; ++i) {
    Vector place = at.optimum;
    if (i > 0) {
      for (double& value : place) value = stream.uniform(-reach, reach);
    }
    const double alpha =
        i == 0 ? (function == 21 ? 1e3 : 1e6) : std::pow(1000, 2 * static_cast<double>(order[i - 1]) / others);
    Peak peak;
    peak.turned_place = at.r.apply(place);
    peak.curvature = curvature_of(stream, at.n, alpha);
    peak.height = i == 0 ? 10 : 1.1 + 8 * static_cast<double>(i - 1) / others;
    peaks.push_back(peak);
  }
  return peaks;
}

}  // namespace

Function gallagher(int function, const Instance& at) {
  return [at, peaks = make_peaks(function, at)](std::span<const double> x) {
    const Vector turned = at.r.apply(x);
    double best = 0;
    for (const Peak& peak : peaks) {
      double distance = 0;
      for (std::size_t i = 0; i < at.n; ++i) {
        const double d = turned[i] - peak.turned_place[i];
        distance += peak.curvature[i] * d * d;
      }
      best = std::max(best, peak.height * std::exp(-distance / (2 * static_cast<double>(at.n))));
    }
    const double left = oscillate(10 - best);
    return left * left + boundary_penalty(x);
  };
}

}  // namespace hone::bbob
