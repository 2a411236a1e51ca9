#include "search/gp/fit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/search/gp/gp_samples.h"

namespace hone {
namespace {

TEST(Fit, EndsWhereTheGradientIsSmall) {
  const GpData data = smooth_data(30, 3, 1);
  const GpParameters parameters = fit(data);
  const LogPosterior posterior = log_posterior(data, parameters);
  EXPECT_GT(posterior.value, log_posterior(data, prior_mode(3, /*additive=*/true)).value + 2);
  for (std::size_t i = 0; i < posterior.gradient.size(); ++i) EXPECT_NEAR(posterior.gradient[i], 0, 0.5) << i;
}

TEST(Fit, GivesUselessCoordinatesLongLengthScales) {
  GpData data = smooth_data(40, 2, 2);
  for (std::size_t a = 0; a < 40; ++a) data.targets[a] = std::sin(8 * data.points[a][0]);
  const GpParameters parameters = fit(data);
  EXPECT_LT(parameters.log_single_lengths[0] + 1, parameters.log_single_lengths[1]);
}

TEST(Fit, SeesNoise) {
  GpData data = smooth_data(60, 1, 3);
  const double quiet = fit(data).log_noise_variance;
  RandomStream random(1, 0, "noise");
  for (double& target : data.targets) target += 0.5 * random.normal();
  const double noisy = fit(data).log_noise_variance;
  EXPECT_LT(quiet, std::log(1e-4));
  EXPECT_NEAR(noisy, std::log(0.25), 0.7);
}

TEST(Fit, WarmStartIsNotWorseThanItsStart) {
  const GpData data = smooth_data(30, 3, 4);
  FitOptions options;
  options.start = fit(smooth_data(20, 3, 4));
  options.thorough = false;
  EXPECT_GE(log_posterior(data, fit(data, options)).value, log_posterior(data, *options.start).value);
}

TEST(Fit, SeesThatARuggedFunctionIsASumOfOnesOfOneCoordinate) {
  GpData data = smooth_data(80, 3, 5);
  for (std::size_t a = 0; a < 80; ++a) {
    data.targets[a] = 0;
    for (const double x : data.points[a]) data.targets[a] += std::cos(40 * x);
  }
  const GpParameters parameters = fit(data);
  EXPECT_GT(parameters.log_single_variance, parameters.log_signal_variance + 3);
  for (const double length : parameters.log_single_lengths) EXPECT_LT(length, std::log(0.2));
}

}  // namespace
}  // namespace hone
