#include "search/analysis/confirmation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "search/analysis/student_t.h"

namespace hone {
namespace {

TEST(StudentT, HasTheQuantilesOfTheTables) {
  EXPECT_NEAR(student_t_quantile(0.975, 1), 12.706204736432095, 1e-9);  // tan(0.475 π)
  EXPECT_NEAR(student_t_quantile(0.975, 2), 4.302652729911275, 1e-9);   // closed form of two degrees
  EXPECT_NEAR(student_t_quantile(0.975, 5), 2.5705818366147395, 1e-9);
  EXPECT_NEAR(student_t_quantile(0.05, 10), -1.8124611228107335, 1e-9);
  EXPECT_NEAR(student_t_cdf(0, 7), 0.5, 1e-15);
}

TEST(Confirmation, OfTwoEqualSpreadsFollowsTheFormulaByHand) {
  // s² = 1, n = 3, means 2 and 6: Q = 3·(4 + 4) = 24, τ² = (24 − 1)/(6 − 18/6) = 23/3, B = (23/3)/(23/3 + 1/3) = 23/24.
  const Confirmation result =
      confirm_statistics({{7, 0.5, {1, 2, 3}}, {9, 0.1, {5, 6, 7}}}, /*maximize=*/false, "lower_bound", 0.05);
  ASSERT_EQ(result.candidates.size(), 2U);
  const Confirmed& first = result.candidates[0];
  EXPECT_DOUBLE_EQ(first.first, 0.5);
  EXPECT_DOUBLE_EQ(first.mean, 2);
  EXPECT_NEAR(first.interval->high, 2 + 4.302652729911275 / std::sqrt(3.0), 1e-9);
  EXPECT_NEAR(first.shrunk, 4 - 2 * 23.0 / 24, 1e-12);
  EXPECT_NEAR(result.candidates[1].shrunk, 4 + 2 * 23.0 / 24, 1e-12);
  // Variance B/3 + (1 − B)²·(τ² + 1/3)/2 = 23/72 + 8/1152, four degrees: t = 2.7764451051977934.
  const double half = 2.7764451051977934 * std::sqrt(23.0 / 72 + 8.0 / 1152);
  EXPECT_NEAR(first.shrunk_interval->high - first.shrunk, half, 1e-9);
  EXPECT_EQ(result.chosen, 7);
}

TEST(Confirmation, DrawsAllToOneMeanWhenTheSeedsExplainTheDifference) {
  const Confirmation result =
      confirm_statistics({{0, 0.9, {0.2, 0.8}}, {1, 0.8, {0.3, 0.8}}}, /*maximize=*/true, "mean", 0.1);
  EXPECT_NEAR(result.candidates[0].shrunk, 0.525, 1e-12);
  EXPECT_NEAR(result.candidates[1].shrunk, 0.525, 1e-12);
}

TEST(Confirmation, TheBoundMayPreferTheTrialThatIsBetterKnown) {
  const std::vector<Repeated> repeated = {{0, 1, {0, 1, 0, 1, 0, 1, 0, 1, 0, 1}}, {1, 1, {-0.6, 1.4}}, {2, 3, {9, 11}}};
  EXPECT_EQ(confirm_statistics(repeated, false, "mean", 0.05).chosen, 1);
  EXPECT_EQ(confirm_statistics(repeated, false, "lower_bound", 0.05).chosen, 0);
  EXPECT_EQ(confirm_statistics(repeated, true, "lower_bound", 0.05).chosen, 2);
}

TEST(Confirmation, WithoutNoiseKeepsTheMeans) {
  const Confirmation result = confirm_statistics({{0, 1, {1, 1}}, {1, 2, {2, 2}}}, false, "lower_bound", 0.05);
  EXPECT_EQ(result.candidates[1].shrunk, 2);
  EXPECT_EQ(result.candidates[0].shrunk_interval->high, 1);
  EXPECT_EQ(result.chosen, 0);
}

TEST(Confirmation, ChoosesNoneWithoutTwoFreshValues) {
  const Confirmation result = confirm_statistics({{0, 1, {}}, {1, 2, {2}}}, false, "lower_bound", 0.05);
  EXPECT_EQ(result.candidates.size(), 1U);
  EXPECT_FALSE(result.candidates[0].interval);
  EXPECT_FALSE(result.chosen);
}

}  // namespace
}  // namespace hone
