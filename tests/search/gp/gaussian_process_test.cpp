#include "search/gp/gaussian_process.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/search/gp/gp_samples.h"

namespace hone {
namespace {

TEST(GaussianProcess, OfOneObservationIsKnown) {
  const GaussianProcess model({{1, {0.5}}, {0}, {7}}, {{0}, std::log(2.0), std::log(0.5)});
  EXPECT_DOUBLE_EQ(model.mean(), 7);
  const Prediction at = model.predict(std::vector<double>{0.5});
  EXPECT_DOUBLE_EQ(at.mean, 7);
  EXPECT_NEAR(at.variance, 2 - 4 / 2.5, 1e-14);
}

TEST(GaussianProcess, MeetsItsDataWhereNoiseIsSmall) {
  const GpData data = smooth_data(20, 2, 1);
  GpParameters parameters = some_parameters(2);
  parameters.log_noise_variance = std::log(kMinNoiseVariance);
  const GaussianProcess model(data, parameters);
  for (std::size_t a = 0; a < 20; ++a) {
    const Prediction at = model.predict(data.points[a]);
    EXPECT_NEAR(at.mean, data.targets[a], 1e-3);
    EXPECT_LT(at.variance, 2e-6);
  }
}

TEST(GaussianProcess, FarAwayItKnowsOnlyThePrior) {
  const GaussianProcess model(smooth_data(20, 2, 1), some_parameters(2));
  const Prediction far = model.predict(std::vector<double>{1000, 1000});
  EXPECT_NEAR(far.mean, model.mean(), 1e-12);
  EXPECT_NEAR(far.variance, std::exp(0.4), 1e-12);
}

TEST(GaussianProcess, GradientsAgreeWithFiniteDifferences) {
  const GaussianProcess model(smooth_data(25, 3, 1), additive_parameters(3));
  const std::vector<double> point = {0.31, 0.62, 0.93};
  const Prediction prediction = model.predict(point);
  constexpr double kStep = 1e-5;
  for (std::size_t i = 0; i < 3; ++i) {
    std::vector<double> more = point;
    std::vector<double> less = point;
    more[i] += kStep;
    less[i] -= kStep;
    // Central differences of values near one keep nine digits at this step.
    EXPECT_NEAR(prediction.mean_gradient[i], (model.predict(more).mean - model.predict(less).mean) / (2 * kStep), 1e-7);
    EXPECT_NEAR(prediction.variance_gradient[i],
                (model.predict(more).variance - model.predict(less).variance) / (2 * kStep), 1e-7);
  }
}

TEST(GaussianProcess, AppendedObservationsEqualThoseGivenAtOnce) {
  const GpData data = smooth_data(20, 2, 5);
  GpData first = data;
  first.points.values.resize(2 * 15);
  first.targets.resize(15);
  GaussianProcess grown(first, some_parameters(2));
  for (std::size_t a = 15; a < 20; ++a) grown.append(data.points[a], data.targets[a]);
  const GaussianProcess whole(data, some_parameters(2));
  const Prediction a = grown.predict(std::vector<double>{0.4, 0.8});
  const Prediction b = whole.predict(std::vector<double>{0.4, 0.8});
  EXPECT_NEAR(a.mean, b.mean, 1e-10);
  EXPECT_NEAR(a.variance, b.variance, 1e-12);
}

TEST(GaussianProcess, LeaveOneOutEqualsLeavingOneOut) {
  const GpData data = smooth_data(12, 2, 6);
  const GpParameters parameters = some_parameters(2);
  const GaussianProcess model(data, parameters);
  const std::vector<LeftOut> left_out = model.leave_one_out();
  for (std::size_t out : {0u, 7u, 11u}) {
    GpData rest = {{2, {}}, {0, 1}, {}};
    for (std::size_t a = 0; a < 12; ++a) {
      if (a == out) continue;
      rest.points.add(data.points[a]);
      rest.targets.push_back(data.targets[a] - model.mean());
    }
    // Conditioned by hand, so that the mean stays the one of all twelve.
    std::vector<double> matrix = covariances(model.kernel(), rest.points, rest.points);
    for (std::size_t i = 0; i < 11; ++i) matrix[i * 11 + i] += model.noise_variance();
    const auto factor = Cholesky::of(matrix, 11);
    const Points point = {2, {data.points[out][0], data.points[out][1]}};
    std::vector<double> column = covariances(model.kernel(), rest.points, point);
    factor->solve_lower(column);
    factor->solve_lower(rest.targets);
    double mean = model.mean();
    double variance = model.kernel().total_variance() + model.noise_variance();
    for (std::size_t i = 0; i < 11; ++i) {
      mean += column[i] * rest.targets[i];
      variance -= column[i] * column[i];
    }
    EXPECT_NEAR(left_out[out].mean, mean, 1e-10);
    EXPECT_NEAR(left_out[out].variance, variance, 1e-10);
  }
}

}  // namespace
}  // namespace hone
