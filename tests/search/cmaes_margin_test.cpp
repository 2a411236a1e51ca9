#include "search/samplers/cmaes_margin.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/statistics.h"

namespace hone {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double below(const CmaesDistribution& d, double x) { return normal_cdf((x - d.mean[0]) / d.deviation(0)); }

TEST(CmaesMargin, LeavesAWideDistributionAlone) {
  CmaesDistribution distribution({0.5}, 0.2, /*separable=*/false);
  keep_margin(distribution, 0, 0.4, 0.6, 0.05);
  EXPECT_EQ(distribution.mean[0], 0.5);
  EXPECT_EQ(distribution.widening[0], 1);
}

TEST(CmaesMargin, KeepsBothNeighboursOfANarrowDistributionInReach) {
  for (const double mean : {0.41, 0.5, 0.595}) {
    CmaesDistribution distribution({mean}, 1e-4, /*separable=*/false);
    keep_margin(distribution, 0, 0.4, 0.6, 0.05);
    // Each side has at least its half of the margin, in total hardly more.
    EXPECT_GE(below(distribution, 0.4), 0.025 - 1e-9) << mean;
    EXPECT_GE(1 - below(distribution, 0.6), 0.025 - 1e-9) << mean;
    EXPECT_LE(below(distribution, 0.4) + 1 - below(distribution, 0.6), 0.06) << mean;
  }
}

TEST(CmaesMargin, KeepsTheShareOfASideThatHasEnough) {
  CmaesDistribution distribution({0.41}, 0.02, /*separable=*/false);
  const double before = below(distribution, 0.4);
  keep_margin(distribution, 0, 0.4, 0.6, 0.05);
  EXPECT_NEAR(below(distribution, 0.4), before, 0.03);
  EXPECT_NEAR(1 - below(distribution, 0.6), 0.025, 1e-9);
}

TEST(CmaesMargin, MovesTheMeanTowardsTheOnlyNeighbour) {
  CmaesDistribution low({-3.0}, 0.01, /*separable=*/false);
  keep_margin(low, 0, -kInfinity, 0.25, 0.05);
  EXPECT_NEAR(1 - below(low, 0.25), 0.05, 1e-9);
  CmaesDistribution high({0.9}, 0.01, /*separable=*/false);
  keep_margin(high, 0, 0.75, kInfinity, 0.05);
  EXPECT_NEAR(below(high, 0.75), 0.05, 1e-9);
  EXPECT_EQ(high.widening[0], 1);
}

}  // namespace
}  // namespace hone
