#include "search/gp/log_posterior.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/search/gp/gp_samples.h"

namespace hone {
namespace {

/// The parameter that derivative i belongs to.
double& entry(GpParameters& parameters, std::size_t i) {
  const std::size_t lengths = parameters.log_lengths.size();
  if (i < lengths) return parameters.log_lengths[i];
  if (i == lengths) return parameters.log_signal_variance;
  if (i == lengths + 1) return parameters.log_noise_variance;
  if (i < 2 * lengths + 2) return parameters.log_single_lengths[i - lengths - 2];
  return parameters.log_single_variance;
}

void expect_gradient(const GpData& data, const GpParameters& parameters) {
  const LogPosterior posterior = log_posterior(data, parameters);
  constexpr double kStep = 1e-5;
  for (std::size_t i = 0; i < posterior.gradient.size(); ++i) {
    GpParameters more = parameters;
    GpParameters less = parameters;
    entry(more, i) += kStep;
    entry(less, i) -= kStep;
    const double slope = (log_posterior(data, more).value - log_posterior(data, less).value) / (2 * kStep);
    // Central differences of a value near 100 keep about nine digits at this step.
    EXPECT_NEAR(posterior.gradient[i], slope, 1e-6 * (1 + std::abs(slope))) << i;
  }
}

TEST(LogPosterior, GradientAgreesWithFiniteDifferences) { expect_gradient(smooth_data(25, 3, 1), some_parameters(3)); }

TEST(LogPosterior, GradientOfAnAdditiveKernelAgreesToo) {
  expect_gradient(smooth_data(25, 3, 1), additive_parameters(3));
}

TEST(LogPosterior, GradientOfASharedLengthScaleAgreesToo) {
  GpData data = smooth_data(25, 4, 2);
  data.groups = {0, 1, 1, 2};
  expect_gradient(data, additive_parameters(3));
}

TEST(LogPosterior, OfOnePointIsKnown) {
  // The mean takes the only value: what is left is −½ log(σ² + σ_n²) and the priors.
  GpData data = {{1, {0.5}}, {0}, {7}};
  const GpParameters parameters = {{0.2}, 0.4, -6};
  const double length = 0.2 - std::numbers::sqrt2;
  const double prior = -0.2 - length * length / 6 + 0.4 - std::exp(0.4) + 0.1 * -6 - 30 * std::exp(-6);
  EXPECT_NEAR(log_posterior(data, parameters).value, -0.5 * std::log(std::exp(0.4) + std::exp(-6.0)) + prior, 1e-12);
}

TEST(LogPosterior, PriorModeIsStationaryWithoutData) {
  // One point says nothing about length scales.
  const GpData data = {{2, {0.1, 0.9}}, {0, 1}, {0}};
  const LogPosterior posterior = log_posterior(data, prior_mode(2, /*additive=*/true));
  for (const std::size_t i : {0, 1, 4, 5}) EXPECT_NEAR(posterior.gradient[i], 0, 1e-12) << i;
}

TEST(LogPosterior, IgnoresAShiftOfTheValues) {
  GpData data = smooth_data(12, 2, 3);
  const double before = log_posterior(data, some_parameters(2)).value;
  for (double& target : data.targets) target += 5;
  EXPECT_NEAR(log_posterior(data, some_parameters(2)).value, before, 1e-9);
}

}  // namespace
}  // namespace hone
