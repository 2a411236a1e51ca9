#include "search/gp/expected_improvement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "search/gp/log_improvement.h"
#include "tests/search/gp/gp_samples.h"

namespace hone {
namespace {

const Points kAsked = {2, {0.31, 0.62, 0.9, 0.05, 0.5, 0.5}};
const Points kPending = {2, {0.3, 0.6, 0.8, 0.1}};

GaussianProcess model() {
  GpParameters parameters = some_parameters(2);
  parameters.log_noise_variance = -2;
  return {smooth_data(8, 2, 1), parameters};
}

std::vector<double> normals(std::size_t count) {
  RandomStream random(2, 0, "normals");
  std::vector<double> values(count);
  for (double& value : values) value = random.normal();
  return values;
}

void expect_gradients(const LogExpectedImprovement& acquisition) {
  const auto at = acquisition.with_gradients(kAsked);
  EXPECT_EQ(at.values, acquisition.values(kAsked));
  constexpr double kStep = 1e-6;
  for (std::size_t i = 0; i < kAsked.values.size(); ++i) {
    Points more = kAsked;
    Points less = kAsked;
    more.values[i] += kStep;
    less.values[i] -= kStep;
    const std::size_t point = i / 2;
    const double slope = (acquisition.values(more)[point] - acquisition.values(less)[point]) / (2 * kStep);
    EXPECT_NEAR(at.gradients[i], slope, 1e-6 * (1 + std::abs(slope))) << i;
  }
}

TEST(LogExpectedImprovement, IsTheFormulaOfThePosterior) {
  const GaussianProcess process = model();
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < process.size(); ++a) {
    best = std::min(best, process.predict(process.points()[a]).mean);
  }
  const std::vector<double> values = LogExpectedImprovement(process, {2, {}}, {}).values(kAsked);
  for (std::size_t j = 0; j < 3; ++j) {
    const Prediction at = process.predict(kAsked[j]);
    const double deviation = std::sqrt(at.variance);
    EXPECT_NEAR(values[j], std::log(deviation) + log_improvement((best - at.mean) / deviation).log_h, 1e-8) << j;
  }
}

TEST(LogExpectedImprovement, GradientAgreesWithFiniteDifferences) {
  expect_gradients(LogExpectedImprovement(model(), {2, {}}, {}));
}

TEST(LogExpectedImprovement, GradientWithFantasiesAgreesToo) {
  expect_gradients(LogExpectedImprovement(model(), kPending, normals(2 * 8)));
}

TEST(LogExpectedImprovement, AveragesOverWhatPendingTrialsMayBring) {
  // Each draw by hand, by the formulas of two jointly normal values.
  const GaussianProcess process = model();
  const std::vector<double> draws = normals(1 * 4);
  const Points pending = {2, {0.3, 0.6}};
  const std::vector<double> values = LogExpectedImprovement(process, pending, draws).values(kAsked);
  const Prediction at = process.predict(pending[0]);
  const std::vector<double> to_pending = covariances(process.kernel(), pending, kAsked);
  const std::vector<double> known_pending = covariances(process.kernel(), process.points(), pending);
  for (std::size_t j = 0; j < 3; ++j) {
    const Points point = {2, {kAsked[j][0], kAsked[j][1]}};
    std::vector<double> a = covariances(process.kernel(), process.points(), point);
    std::vector<double> b = known_pending;
    process.factor().solve_lower(a);
    process.factor().solve_lower(b);
    double covariance = to_pending[j];
    for (std::size_t i = 0; i < a.size(); ++i) covariance -= a[i] * b[i];
    const double total_variance = at.variance + process.noise_variance();
    const Prediction before = process.predict(kAsked[j]);
    const double deviation = std::sqrt(before.variance - covariance * covariance / total_variance);
    double mean_improvement = 0;
    for (const double normal : draws) {
      const double drawn = at.mean + std::sqrt(total_variance) * normal;
      const double mean = before.mean + covariance / total_variance * (drawn - at.mean);
      // The best posterior mean once the draw is known.
      double best = at.mean + at.variance / total_variance * (drawn - at.mean);
      for (std::size_t i = 0; i < process.size(); ++i) {
        const Points other = {2, {process.points()[i][0], process.points()[i][1]}};
        std::vector<double> c = covariances(process.kernel(), process.points(), other);
        process.factor().solve_lower(c);
        double shared = covariances(process.kernel(), pending, other)[0];
        for (std::size_t k = 0; k < c.size(); ++k) shared -= c[k] * b[k];
        best = std::min(best, process.predict(other[0]).mean + shared / total_variance * (drawn - at.mean));
      }
      mean_improvement += deviation * std::exp(log_improvement((best - mean) / deviation).log_h) / 4;
    }
    EXPECT_NEAR(values[j], std::log(mean_improvement), 1e-7) << j;
  }
}

TEST(LogExpectedImprovement, AvoidsWhatIsPending) {
  const GaussianProcess process = model();
  const Points here = {2, {0.3, 0.6}};
  EXPECT_LT(LogExpectedImprovement(process, here, normals(32)).values(here)[0],
            LogExpectedImprovement(process, {2, {}}, {}).values(here)[0] - 0.5);
}

TEST(LogExpectedImprovement, StaysFiniteOnTopOfTheData) {
  GpParameters parameters = some_parameters(2);
  parameters.log_noise_variance = std::log(kMinNoiseVariance);
  const GaussianProcess process(smooth_data(60, 2, 1), parameters);
  const auto at = LogExpectedImprovement(process, {2, {}}, {}).with_gradients(process.points());
  for (const double value : at.values) EXPECT_TRUE(std::isfinite(value));
  for (const double value : at.gradients) EXPECT_TRUE(std::isfinite(value));
}

}  // namespace
}  // namespace hone
