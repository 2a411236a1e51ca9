#include "tests/bench/search/rank_tests.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

TEST(RankTests, RankSumKnowsASmallExample) {
  // Ranks of a: 1, 2, 3, 5, 7, sum 18 against 27.5 expected; variance 5·5·11/12: p = 2Φ(−9/√22.9167).
  const std::vector<double> a = {1, 2, 3, 4, 5};
  const std::vector<double> b = {3.5, 6, 7, 4.5, 8};
  EXPECT_NEAR(rank_sum_p(a, b), 0.06010, 1e-4);
  EXPECT_EQ(rank_sum_p(a, b), rank_sum_p(b, a));
}

TEST(RankTests, EqualSamplesAreNoEvidence) {
  const std::vector<double> zeros(30, 0.0);
  EXPECT_EQ(rank_sum_p(zeros, zeros), 1);
}

TEST(RankTests, SeparateSamplesAreEvidence) {
  const std::vector<double> zeros(30, 0.0);
  const std::vector<double> ones(30, 1.0);
  EXPECT_LT(rank_sum_p(zeros, ones), 1e-10);
}

TEST(RankTests, HolmMultipliesByTheNumberOfTestsLeftAndKeepsTheOrder) {
  const std::vector<double> corrected = holm({0.01, 0.04, 0.03, 0.005});
  EXPECT_DOUBLE_EQ(corrected[3], 0.02);
  EXPECT_DOUBLE_EQ(corrected[0], 0.03);
  EXPECT_DOUBLE_EQ(corrected[2], 0.06);
  EXPECT_DOUBLE_EQ(corrected[1], 0.06);
}

TEST(RankTests, TiesShareTheirMeanRank) {
  const std::vector<double> ranks = ranks_of({3e-9, 1.0, 0.0, 0.5}, 1e-8);
  EXPECT_EQ(ranks, (std::vector<double>{1.5, 4, 1.5, 3}));
}

}  // namespace
}  // namespace hone
