#include "search/gp/outcome_warp.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/search/gp/gp_samples.h"

namespace hone {
namespace {

using Kind = OutcomeWarp::Kind;

const std::vector<OutcomeWarp> kWarps = {{Kind::identity, 0},    {Kind::log_bound, 0},     {Kind::log_best, 0.01},
                                         {Kind::log_best, 1},    {Kind::yeo_johnson, -2},  {Kind::yeo_johnson, 0},
                                         {Kind::yeo_johnson, 2}, {Kind::yeo_johnson, 1.5}, {Kind::yeo_johnson, 0.5}};
const std::vector<double> kValues = {0.5, 3, 1.1, 40, 2.5, 0.7, 9};

TEST(OutcomeWarp, KeepsTheOrder) {
  for (const OutcomeWarp& warp : kWarps) {
    const std::vector<double> warped = apply(warp, kValues, 0.0).values;
    for (std::size_t i = 0; i < kValues.size(); ++i) {
      for (std::size_t j = 0; j < kValues.size(); ++j) EXPECT_EQ(kValues[i] < kValues[j], warped[i] < warped[j]);
    }
  }
}

TEST(OutcomeWarp, JacobianAgreesWithFiniteDifferences) {
  for (const OutcomeWarp& warp : kWarps) {
    // The largest value moves no quartile, median or least value: the others stay where they are.
    constexpr double kStep = 1e-4;
    std::vector<double> more = kValues;
    std::vector<double> less = kValues;
    more[3] += kStep;
    less[3] -= kStep;
    const double slope = (apply(warp, more, 0.0).values[3] - apply(warp, less, 0.0).values[3]) / (2 * kStep);
    std::vector<double> alone = kValues;
    alone[3] += 10;
    const double change = apply(warp, alone, 0.0).log_jacobian - apply(warp, kValues, 0.0).log_jacobian;
    std::vector<double> further = alone;
    further[3] += kStep;
    const double slope_there = (apply(warp, further, 0.0).values[3] - apply(warp, alone, 0.0).values[3]) / kStep;
    EXPECT_NEAR(change, std::log(slope_there / slope), 1e-4) << to_text(warp);
  }
}

TEST(OutcomeWarp, KnownValues) {
  const std::vector<double> values = {0, 1, 2, 3, 4};
  EXPECT_NEAR(apply({Kind::log_best, 1}, values, {}).values[4], std::log(6), 1e-15);
  EXPECT_NEAR(apply({Kind::log_bound, 0}, values, -1.0).values[0], std::log(1.002), 1e-15);
  EXPECT_NEAR(apply({Kind::yeo_johnson, 0}, values, {}).values[4], std::log(2), 1e-15);
  EXPECT_NEAR(apply({Kind::yeo_johnson, 2}, values, {}).values[0], -std::log(2), 1e-15);
  EXPECT_NEAR(apply({Kind::yeo_johnson, 0.5}, values, {}).values[0], -(std::pow(2, 1.5) - 1) / 1.5, 1e-15);
  // One value moved by a factor: the sum of log derivatives of log(y + c) is −Σ log(y + c).
  EXPECT_NEAR(apply({Kind::log_best, 1}, values, {}).log_jacobian, -std::log(2.0 * 3 * 4 * 5 * 6), 1e-14);
}

TEST(OutcomeWarp, ReadsItsOwnText) {
  for (const char* text : {"identity", "log-bound", "log-best:0.001", "log-best:1", "yeo-johnson:-2"}) {
    EXPECT_EQ(to_text(outcome_warp_named(text).value()), text);
  }
  EXPECT_FALSE(outcome_warp_named("log-best:7"));
}

TEST(OutcomeWarp, IsChosenByLikelihood) {
  GpData data = smooth_data(40, 2, 1);
  const GpParameters parameters = some_parameters(2);
  EXPECT_NE(choose_warp(data, parameters, {}).kind, Kind::log_best);
  for (double& target : data.targets) target = std::exp(3 * target);
  const OutcomeWarp chosen = choose_warp(data, parameters, {});
  EXPECT_EQ(chosen.kind, Kind::log_best);
}

TEST(OutcomeWarp, ChoiceIgnoresScaleAndShift) {
  GpData data = smooth_data(40, 2, 2);
  for (double& target : data.targets) target = std::exp(2 * target);
  const std::string before = to_text(choose_warp(data, some_parameters(2), {}));
  for (double& target : data.targets) target = 1000 * target - 7;
  EXPECT_EQ(to_text(choose_warp(data, some_parameters(2), {})), before);
}

TEST(OutcomeWarp, StandardisedHasMeanZeroAndDeviationOne) {
  const std::vector<double> values = standardised(kValues);
  double sum = 0;
  double squares = 0;
  for (const double value : values) {
    sum += value;
    squares += value * value;
  }
  EXPECT_NEAR(sum, 0, 1e-14);
  EXPECT_NEAR(squares, 7, 1e-13);
  EXPECT_EQ(standardised({3, 3, 3}), (std::vector<double>{0, 0, 0}));
}

TEST(OutcomeWarp, OneDivergedRunDoesNotHideTheOthers) {
  const std::vector<double> values = standardised({1, 2, 3, 4, 1e18});
  EXPECT_GT(values[3] - values[0], 0.1);
}

}  // namespace
}  // namespace hone
