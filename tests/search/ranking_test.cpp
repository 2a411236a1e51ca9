#include "search/trial/ranking.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

std::vector<double> totals_of(const std::vector<std::vector<double>>& violations) {
  return total_violations({violations.begin(), violations.end()});
}

TEST(Ranking, ViolationsAreMeasuredByTheirMean) {
  // Means of what is above 0: 2 and 200.
  const std::vector<double> totals = totals_of({{1, -5}, {3, 100}, {-1, -1}, {0, 300}});
  EXPECT_DOUBLE_EQ(totals[0], 0.5);
  EXPECT_DOUBLE_EQ(totals[1], 2);
  EXPECT_EQ(totals[2], 0);
  EXPECT_DOUBLE_EQ(totals[3], 1.5);
}

TEST(Ranking, WithoutConstraintsAllAreFeasible) { EXPECT_EQ(totals_of({{}, {}}), (std::vector<double>{0, 0})); }

TEST(Ranking, TiersGoByFrontThenByCrowding) {
  // Front 0: 0, 1, 2, 3 of which 0 and 3 are ends and 1 stands closer to its neighbours than 2; front 1: 4.
  const std::vector<std::size_t> tiers = tiers_of({{0, 10}, {1, 9}, {5, 4}, {10, 0}, {6, 10}}, {});
  EXPECT_EQ(tiers, (std::vector<std::size_t>{0, 2, 1, 0, 3}));
}

TEST(Ranking, WithTolerancesTheObjectivesAreGoalsInTurn) {
  // Best first value 10, tolerance 10 %: up to 11 they are told apart by the second.
  const std::vector<double> tolerances = {0.1, 0};
  const std::vector<std::size_t> tiers = tiers_of({{10, 5}, {11, 3}, {11.5, 0}, {10.5, 4}, {20, 0}}, tolerances);
  EXPECT_EQ(tiers, (std::vector<std::size_t>{2, 0, 3, 1, 4}));
}

TEST(Ranking, TolerancesWidenForNegativeValuesToo) {
  const std::vector<double> tolerances = {0.1, 0};
  EXPECT_EQ(tiers_of({{-10, 5}, {-9.5, 3}, {-8, 0}}, tolerances), (std::vector<std::size_t>{1, 0, 2}));
}

TEST(Ranking, EqualPointsTie) {
  EXPECT_EQ(tiers_of({{1, 1}, {1, 1}}, std::vector<double>{0, 0}), (std::vector<std::size_t>{0, 0}));
  EXPECT_TRUE(tiers_of({}, {}).empty());
}

}  // namespace
}  // namespace hone
