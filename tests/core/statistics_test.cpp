#include "core/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace hone {
namespace {

TEST(Statistics, TakesMeanAndMedian) {
  const std::vector<double> odd = {3, 1, 8};
  const std::vector<double> even = {4, 1, 3, 9};
  EXPECT_EQ(mean(odd), 4);
  EXPECT_EQ(median(odd), 3);
  EXPECT_EQ(median(even), 3.5);
  EXPECT_EQ(median({2}), 2);
}

TEST(Statistics, InterpolatesQuantilesLikeRsTypeSeven) {
  const std::vector<double> values = {40, 10, 30, 20};
  EXPECT_EQ(quantile(values, 0), 10);
  EXPECT_EQ(quantile(values, 1), 40);
  EXPECT_DOUBLE_EQ(quantile(values, 0.25), 17.5);
  EXPECT_DOUBLE_EQ(quantile(values, 0.9), 37);
}

TEST(Statistics, KnowsTheNormalDistribution) {
  EXPECT_DOUBLE_EQ(normal_pdf(0), 0.3989422804014327);
  EXPECT_DOUBLE_EQ(normal_pdf(-2), 0.05399096651318806);
  EXPECT_DOUBLE_EQ(normal_cdf(0), 0.5);
  EXPECT_DOUBLE_EQ(normal_cdf(1.959963984540054), 0.975);
  // The far tail must not round to zero.
  EXPECT_NEAR(normal_cdf(-10) / 7.619853024160527e-24, 1, 1e-12);
}

TEST(Statistics, InvertsTheNormalDistributionInAllThreeBranches) {
  // Reference values to 17 digits, computed with 40-digit arithmetic.
  EXPECT_DOUBLE_EQ(normal_quantile(0.5), 0);
  EXPECT_DOUBLE_EQ(normal_quantile(0.75), 0.6744897501960817);
  EXPECT_DOUBLE_EQ(normal_quantile(0.975), 1.959963984540054);
  EXPECT_DOUBLE_EQ(normal_quantile(0.001), -3.0902323061678136);
  EXPECT_DOUBLE_EQ(normal_quantile(1e-20), -9.262340089798408);
  EXPECT_DOUBLE_EQ(normal_quantile(1e-300), -37.0470962993612);
  for (double p = 0.001; p < 1; p += 0.001) EXPECT_NEAR(normal_cdf(normal_quantile(p)), p, 4e-16);
}

TEST(Statistics, BoundsASharesErrorByWilson) {
  // 10 of 20 and 0 of 10 at 95 %.
  const auto [low, high] = wilson_interval(10, 20);
  EXPECT_NEAR(low, 0.29930, 1e-5);
  EXPECT_NEAR(high, 0.70070, 1e-5);
  const auto [zero_low, zero_high] = wilson_interval(0, 10);
  EXPECT_NEAR(zero_low, 0, 1e-15);
  EXPECT_NEAR(zero_high, 0.27753, 1e-5);
  EXPECT_EQ(wilson_interval(0, 0), (std::pair<double, double>{0, 1}));
}

}  // namespace
}  // namespace hone
