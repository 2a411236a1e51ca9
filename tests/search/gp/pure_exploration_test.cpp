#include "search/gp/pure_exploration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/search/gp/gp_samples.h"

namespace hone {
namespace {

const Points kAsked = {2, {0.31, 0.62, 0.9, 0.05, 0.5, 0.5, 0.05, 0.95}};
const Points kPending = {2, {0.3, 0.6, 0.8, 0.1}};

GaussianProcess model() { return {smooth_data(12, 2, 1), some_parameters(2)}; }

/// Lower bound above the best upper bound at a known point, in deviations of the signal.
double excess(const GaussianProcess& process, std::span<const double> point) {
  double bound = std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < process.size(); ++a) {
    const Prediction at = process.predict(process.points()[a]);
    bound = std::min(bound, at.mean + 1.8 * std::sqrt(at.variance));
  }
  const Prediction at = process.predict(point);
  return (at.mean - 1.8 * std::sqrt(at.variance) - bound) / std::sqrt(process.kernel().total_variance());
}

TEST(PureExploration, IsTheDeviationLeftWithPendingTrialsLessTheExcessOfTheBound) {
  const GaussianProcess process = model();
  GaussianProcess informed = process;
  // Any values: a deviation does not depend on them.
  for (std::size_t p = 0; p < kPending.size(); ++p) informed.append(kPending[p], 7);
  const std::vector<double> values = PureExploration(process, kPending).values(kAsked);
  bool any_inside = false;
  bool any_outside = false;
  for (std::size_t j = 0; j < kAsked.size(); ++j) {
    const double beyond = excess(process, kAsked[j]);
    (beyond > 0 ? any_outside : any_inside) = true;
    const double deviation = std::sqrt(informed.predict(kAsked[j]).variance);
    EXPECT_NEAR(values[j], std::log(deviation) - 10 * std::max(0.0, beyond), 1e-7) << j;
  }
  EXPECT_TRUE(any_inside);
  EXPECT_TRUE(any_outside);
}

TEST(PureExploration, GradientAgreesWithFiniteDifferences) {
  const PureExploration acquisition(model(), kPending);
  const auto at = acquisition.with_gradients(kAsked);
  EXPECT_EQ(at.values, acquisition.values(kAsked));
  constexpr double kStep = 1e-6;
  for (std::size_t i = 0; i < kAsked.values.size(); ++i) {
    Points more = kAsked;
    Points less = kAsked;
    more.values[i] += kStep;
    less.values[i] -= kStep;
    const double slope = (acquisition.values(more)[i / 2] - acquisition.values(less)[i / 2]) / (2 * kStep);
    EXPECT_NEAR(at.gradients[i], slope, 1e-5 * (1 + std::abs(slope))) << i;
  }
}

TEST(PureExploration, KeepsAwayFromPendingTrials) {
  const GaussianProcess process = model();
  const Points asked = {2, {kPending.values[0] + 0.01, kPending.values[1] + 0.01}};
  const double alone = PureExploration(process, {2, {}}).values(asked).front();
  EXPECT_LT(PureExploration(process, kPending).values(asked).front(), alone - 1);
}

}  // namespace
}  // namespace hone
