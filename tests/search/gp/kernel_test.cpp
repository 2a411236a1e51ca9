#include "search/gp/kernel.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hone {
namespace {

TEST(Kernel, IsTheMaternKernelOfSmoothnessFiveHalves) {
  const Kernel kernel = {{0.5, 2}, 3};
  const Points a = {2, {0.1, 0.7, 0.4, 0.2}};
  const Points b = {2, {0.6, 0.3}};
  const Covariances result = covariances(kernel, a, b, /*with_slopes=*/true);
  for (std::size_t i = 0; i < 2; ++i) {
    const double r = std::hypot((a[i][0] - 0.6) / 0.5, (a[i][1] - 0.3) / 2);
    const double q = std::sqrt(5.0) * r;
    EXPECT_NEAR(result.values[i], 3 * (1 + q + q * q / 3) * std::exp(-q), 1e-14);
    EXPECT_NEAR(result.slopes[i], 5 * (1 + q) * std::exp(-q), 1e-14);
  }
}

TEST(Kernel, IsItsVarianceAtDistanceZero) {
  const Kernel kernel = {{0.3, 0.3, 0.3}, 2};
  const Points points = {3, {0.123, 0.456, 0.789}};
  EXPECT_NEAR(covariances(kernel, points, points, false).values[0], 2, 1e-14);
}

TEST(Kernel, SharesALengthScaleInAGroup) {
  const Kernel kernel = make_kernel({{0, std::log(2.0)}, std::log(4.0), -3}, {0, 1, 1});
  EXPECT_EQ(kernel.lengths, (std::vector<double>{1, 2, 2}));
  EXPECT_DOUBLE_EQ(kernel.variance, 4);
}

}  // namespace
}  // namespace hone
