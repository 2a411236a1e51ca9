#include "search/samplers/cmaes_distribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/search/cmaes_functions.h"

namespace hone {
namespace {

/// Median evaluations over runs with seeds 1 … 15; a run that fails counts as endless.
double median_evaluations(const RealFunction& function, std::size_t dimensions, const CmaesRunOptions& options = {}) {
  std::vector<double> counts;
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    const auto count = evaluations_to_target(function, dimensions, seed, options);
    counts.push_back(count ? static_cast<double>(*count) : std::numeric_limits<double>::infinity());
  }
  std::sort(counts.begin(), counts.end());
  return counts[counts.size() / 2];
}

// Medians of the Python package cmaes 0.9.1 over 15 runs (search.md §9); a twentieth is what the medians of 15 runs
// scatter.
struct KnownCounts {
  std::size_t dimensions;
  double sphere;
  double ellipsoid;
  double rosenbrock;
};
void expect_counts(const KnownCounts& known) {
  const std::size_t n = known.dimensions;
  EXPECT_NEAR(median_evaluations(sphere, n), known.sphere, known.sphere / 20) << n;
  EXPECT_NEAR(median_evaluations(rotated_ellipsoid(n, 1e6, 1), n), known.ellipsoid, known.ellipsoid / 20) << n;
  EXPECT_NEAR(median_evaluations(rosenbrock, n), known.rosenbrock, known.rosenbrock / 20) << n;
}

TEST(CmaesDistribution, NeedsTheKnownEvaluationsInFiveAndTenDimensions) {
  expect_counts({5, 720, 1544, 1904});
  expect_counts({10, 1480, 4180, 5570});
}

// Half a million evaluations in 20 dimensions: some two seconds.
TEST(CmaesDistribution, NeedsTheKnownEvaluationsInTwentyDimensions) { expect_counts({20, 2712, 13452, 17640}); }

TEST(CmaesDistribution, LearnsScalesSoonerWhenSeparable) {
  const RealFunction axes = [](const std::vector<double>& x) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += std::pow(1e6, static_cast<double>(i) / 9) * x[i] * x[i];
    return sum;
  };
  CmaesRunOptions separable;
  separable.separable = true;
  // Ros and Hansen 2008, figure 1: about half the evaluations in ten dimensions.
  EXPECT_LT(median_evaluations(axes, 10, separable), 0.7 * median_evaluations(axes, 10));
}

TEST(CmaesDistribution, SeesOnlyTheOrderOfPoints) {
  const RealFunction stretched = [](const std::vector<double>& x) { return 1e-8 * std::pow(sphere(x) / 1e-8, 0.25); };
  EXPECT_EQ(evaluations_to_target(stretched, 5, 3, {}), evaluations_to_target(sphere, 5, 3, {}));
}

TEST(CmaesDistribution, DrawsWithTheCovarianceItHas) {
  CmaesDistribution distribution({1, -2}, 0.5, /*separable=*/false);
  distribution.covariance.add(3, std::vector<double>{1, 1});
  distribution.covariance.decompose();
  distribution.widening[1] = 2;
  RandomStream random(1, 0, "test");
  constexpr int kDraws = 40'000;
  double sums[] = {0, 0, 0, 0, 0};
  for (int i = 0; i < kDraws; ++i) {
    const std::vector<double> point = distribution.draw(random);
    const double x = point[0] - 1;
    const double y = point[1] + 2;
    const double terms[] = {x, y, x * x, y * y, x * y};
    for (int k = 0; k < 5; ++k) sums[k] += terms[k] / kDraws;
  }
  // C = [[4, 3], [3, 4]], σ = ½, A = diag(1, 2); five standard errors of variances up to 4 are 0.14.
  EXPECT_NEAR(sums[0], 0, 0.05);
  EXPECT_NEAR(sums[1], 0, 0.05);
  EXPECT_NEAR(sums[2], 1, 0.04);
  EXPECT_NEAR(sums[3], 4, 0.14);
  EXPECT_NEAR(sums[4], 1.5, 0.07);
}

}  // namespace
}  // namespace hone
