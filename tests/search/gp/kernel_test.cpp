#include "search/gp/kernel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace hone {
namespace {

double matern(double r) {
  const double q = std::sqrt(5.0) * r;
  return (1 + q + q * q / 3) * std::exp(-q);
}

/// A joint and an additive part over three coordinates, the last two one group.
Kernel some_kernel(const std::vector<double>& logs = {-0.5, 0.3, 0.2, -1, -0.2, -0.4}) {
  GpParameters parameters = {{logs[0], logs[1]}, logs[2], -6, {logs[3], logs[4]}, logs[5]};
  return make_kernel(parameters, {0, 1, 1});
}

const Points kSome = {3, {0.1, 0.7, 0.3, 0.4, 0.2, 0.9, 0.8, 0.5, 0.6, 0.35, 0.15, 0.25}};
const Points kOthers = {3, {0.6, 0.3, 0.1, 0.15, 0.95, 0.45}};

double weighted_sum(const std::vector<double>& values, const std::vector<double>& weights) {
  return std::inner_product(values.begin(), values.end(), weights.begin(), 0.0);
}

TEST(Kernel, IsTheMaternKernelOfSmoothnessFiveHalves) {
  const Kernel kernel = {{0.5, 2}, 3};
  const Points a = {2, {0.1, 0.7, 0.4, 0.2}};
  const Points b = {2, {0.6, 0.3}};
  const std::vector<double> result = covariances(kernel, a, b);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(result[i], 3 * matern(std::hypot((a[i][0] - 0.6) / 0.5, (a[i][1] - 0.3) / 2)), 1e-14);
  }
}

TEST(Kernel, AddsTheMeanOfOneFunctionOfEachGroup) {
  const Kernel kernel = {{0.5, 2, 2}, 3, {0.25, 1.5}, 4, {0, 1, 1}};
  const Points a = {3, {0.1, 0.7, 0.2}};
  const Points b = {3, {0.6, 0.3, 0.5}};
  const double joint = matern(std::sqrt(1.0 + 0.04 + 0.0225));
  const double single = (matern(0.5 / 0.25) + matern(0.5 / 1.5)) / 2;
  EXPECT_NEAR(covariances(kernel, a, b)[0], 3 * joint + 4 * single, 1e-14);
}

TEST(Kernel, IsItsVarianceAtDistanceZero) {
  const Kernel kernel = some_kernel();
  EXPECT_NEAR(covariances(kernel, kSome, kSome)[0], kernel.total_variance(), 1e-14);
  EXPECT_NEAR(kernel.total_variance(), std::exp(0.2) + std::exp(-0.4), 1e-14);
}

TEST(Kernel, SharesALengthScaleInAGroup) {
  const Kernel kernel = make_kernel({{0, std::log(2.0)}, std::log(4.0), -3}, {0, 1, 1});
  EXPECT_EQ(kernel.lengths, (std::vector<double>{1, 2, 2}));
  EXPECT_DOUBLE_EQ(kernel.variance, 4);
  EXPECT_FALSE(kernel.is_additive());
}

TEST(Kernel, GradientsByThePointsAgreeWithFiniteDifferences) {
  const std::vector<double> weights = {0.3, -1, 0.7, 2, 1.1, 0.4, -0.6, 0.2};
  const std::vector<double> gradients = point_gradients(some_kernel(), kSome, kOthers, weights);
  constexpr double kStep = 1e-6;
  for (std::size_t i = 0; i < kOthers.values.size(); ++i) {
    Points more = kOthers;
    Points less = kOthers;
    more.values[i] += kStep;
    less.values[i] -= kStep;
    const double slope = (weighted_sum(covariances(some_kernel(), kSome, more), weights) -
                          weighted_sum(covariances(some_kernel(), kSome, less), weights)) /
                         (2 * kStep);
    EXPECT_NEAR(gradients[i], slope, 1e-8) << i;
  }
}

TEST(Kernel, GradientsByTheParametersAgreeWithFiniteDifferences) {
  std::vector<double> weights(16);
  for (std::size_t a = 0; a < 4; ++a) {
    for (std::size_t b = 0; b < 4; ++b) weights[a * 4 + b] = std::sin(1 + static_cast<double>(a * b + a + b));
  }
  const std::vector<double> gradients = parameter_gradients(some_kernel(), kSome, weights);
  constexpr double kStep = 1e-6;
  const std::vector<double> logs = {-0.5, 0.3, 0.2, -1, -0.2, -0.4};
  for (std::size_t i = 0; i < logs.size(); ++i) {
    std::vector<double> more = logs;
    std::vector<double> less = logs;
    more[i] += kStep;
    less[i] -= kStep;
    const double slope = (weighted_sum(covariances(some_kernel(more), kSome, kSome), weights) -
                          weighted_sum(covariances(some_kernel(less), kSome, kSome), weights)) /
                         (2 * kStep);
    EXPECT_NEAR(gradients[i], slope, 1e-8) << i;
  }
}

}  // namespace
}  // namespace hone
