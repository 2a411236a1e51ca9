#include "search/analysis/pareto.h"

#include <gtest/gtest.h>

#include "search/trial/hypervolume.h"

namespace hone {
namespace {

using Points = std::vector<ObjectiveVector>;

TEST(Pareto, FrontIsOrderedByTheFirstObjectiveAndHoldsEqualPointsOnce) {
  EXPECT_EQ(ordered_front({{3, 1}, {1, 3}, {3, 3}, {2, 2}, {1, 3}, {1, 4}}), (std::vector<std::size_t>{1, 3, 0}));
}

TEST(Pareto, FrontOfThreeObjectivesKeepsWhatIsBestInAny) {
  EXPECT_EQ(ordered_front({{1, 1, 1}, {0, 2, 2}, {1, 1, 2}, {2, 2, 0}}), (std::vector<std::size_t>{1, 0, 3}));
}

TEST(Pareto, ReferenceLiesATenthOfTheRangeBeyondTheWorstOfAllPoints) {
  EXPECT_EQ(reference_of({{0, 4}, {2, 1}, {10, 6}}, {std::nullopt, std::nullopt}), (ObjectiveVector{11, 6.5}));
  EXPECT_EQ(reference_of({{0, 4}, {2, 1}, {10, 6}}, {std::nullopt, 9}), (ObjectiveVector{11, 9}));
}

TEST(Pareto, ReferenceOfPointsWithoutARangeIsStillWorse) {
  EXPECT_EQ(reference_of({{-20, 0}}, {std::nullopt, std::nullopt}), (ObjectiveVector{-18, 1}));
}

TEST(Pareto, HypervolumeUpToTheReferenceIsExact) {
  const Points points = {{0, 2}, {1, 1}, {2, 0}};
  // Reference (2.2, 2.2): 2.2 × 0.2 + 1.2 × 1 + 0.2 × 1.
  EXPECT_NEAR(hypervolume(points, reference_of(points, {std::nullopt, std::nullopt})), 1.84, 1e-12);
}

TEST(Pareto, KneeOfAConvexFrontIsWhereItBulgesMost) {
  // On 1 / x from 1/4 to 4 the tangent has the chord's slope at x = 1.
  Points front;
  for (const double x : {0.25, 0.5, 0.8, 1.0, 1.25, 2.0, 4.0}) front.push_back({x, 1 / x});
  EXPECT_EQ(knee_of(front), 3u);
}

TEST(Pareto, KneeDoesNotChangeWithTheUnitsOfAnObjective) {
  Points front;
  for (const double x : {0.25, 0.5, 0.8, 1.0, 1.25, 2.0, 4.0}) front.push_back({1000 * x - 7, 1e-3 / x});
  EXPECT_EQ(knee_of(front), 3u);
}

TEST(Pareto, KneeOfAFrontThatBulgesNowhereIsItsFirstEnd) {
  EXPECT_EQ(knee_of({{0, 1}, {0.9, 0.9}, {1, 0}}), 0u);
  EXPECT_EQ(knee_of({{0, 2}, {1, 1}, {2, 0}}), 0u);
  EXPECT_EQ(knee_of({{5, 5}}), 0u);
}

TEST(Pareto, KneeOfThreeObjectivesIsMeasuredFromThePlaneThroughTheExtremes) {
  EXPECT_EQ(knee_of({{0, 1, 1}, {0.4, 0.4, 0.4}, {0.3, 0.6, 0.7}, {1, 0, 1}, {1, 1, 0}}), 1u);
  // The extremes lie on x / 2 + y / 2 + z = 1: by it (0.7, 0.6, 0.05) is lower than (0.4, 0.4, 0.4), by the sum not.
  EXPECT_EQ(knee_of({{0, 1, 0.5}, {0.1, 0.3, 1}, {0.4, 0.4, 0.4}, {0.7, 0.6, 0.05}, {1, 0, 0.5}, {1, 1, 0}}), 3u);
}

}  // namespace
}  // namespace hone
