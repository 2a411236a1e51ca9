#include "search/gp/log_feasibility.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/statistics.h"
#include "tests/search/gp/gp_samples.h"

namespace hone {
namespace {

const Points kAsked = {2, {0.31, 0.62, 0.9, 0.05, 0.5, 0.5}};

TEST(LogNormalCdf, AgreesWithKnownValues) {
  EXPECT_NEAR(log_normal_cdf(0).value, std::log(0.5), 1e-15);
  EXPECT_NEAR(log_normal_cdf(1.5).value, std::log(normal_cdf(1.5)), 1e-14);
  EXPECT_NEAR(log_normal_cdf(8).value, -6.22096057427178e-16, 1e-15);
  EXPECT_NEAR(log_normal_cdf(-10).value, -53.2312851505, 1e-9);
  EXPECT_NEAR(log_normal_cdf(-40).value, -804.6084420137, 1e-9);
}

TEST(LogNormalCdf, SlopeAgreesWithFiniteDifferences) {
  for (const double z : {-30.0, -5.0, -3.0001, -2.9999, -1.0, 0.0, 2.0, 6.0}) {
    constexpr double kStep = 1e-5;
    const double slope = (log_normal_cdf(z + kStep).value - log_normal_cdf(z - kStep).value) / (2 * kStep);
    EXPECT_NEAR(log_normal_cdf(z).slope, slope, 1e-7 * (1 + std::abs(slope))) << z;
  }
}

TEST(LogFeasibility, IsTheProbabilityOfThePosterior) {
  const GaussianProcess model(smooth_data(8, 2, 1), some_parameters(2));
  FeasibilityOptions options;
  options.margin = 0.5;
  options.noise_variance = 0.1;
  const std::vector<double> values = LogFeasibility(model, 0.3, options).values(kAsked);
  for (std::size_t j = 0; j < values.size(); ++j) {
    const Prediction at = model.predict(kAsked[j]);
    const double z = (0.3 - at.mean) / std::sqrt(at.variance + 0.1) - 0.5;
    EXPECT_NEAR(values[j], std::log(normal_cdf(z)), 1e-8) << j;
  }
}

TEST(LogFeasibility, GradientAgreesWithFiniteDifferences) {
  const GaussianProcess model(smooth_data(8, 2, 1), some_parameters(2));
  FeasibilityOptions options;
  options.margin = 0.5;
  options.noise_variance = 0.1;
  const LogFeasibility acquisition(model, 0.3, options);
  const auto at = acquisition.with_gradients(kAsked);
  for (std::size_t i = 0; i < kAsked.values.size(); ++i) {
    constexpr double kStep = 1e-6;
    Points more = kAsked;
    Points less = kAsked;
    more.values[i] += kStep;
    less.values[i] -= kStep;
    const double slope = (acquisition.values(more)[i / 2] - acquisition.values(less)[i / 2]) / (2 * kStep);
    EXPECT_NEAR(at.gradients[i], slope, 1e-6 * (1 + std::abs(slope))) << i;
  }
}

TEST(LogFeasibility, HasAFloorWithoutSlope) {
  const GaussianProcess model(smooth_data(8, 2, 1), some_parameters(2));
  FeasibilityOptions options;
  const auto at = LogFeasibility(model, -1e4, options).with_gradients(kAsked);
  EXPECT_EQ(at.values, (std::vector<double>(3, -20)));
  EXPECT_EQ(at.gradients, (std::vector<double>(6, 0)));
}

}  // namespace
}  // namespace hone
