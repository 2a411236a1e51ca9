#include "search/trial/dominance.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/random.h"

namespace hone {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Points with few different coordinates, so that many are equal in one or all.
std::vector<ObjectiveVector> random_points(std::size_t count, std::size_t objectives, RandomStream& random) {
  std::vector<ObjectiveVector> points(count, ObjectiveVector(objectives));
  for (ObjectiveVector& point : points) {
    for (double& value : point) value = static_cast<double>(random.index(8));
  }
  return points;
}

/// By the definition: peels off what none of the rest dominates.
std::vector<std::size_t> peeled_fronts(const std::vector<ObjectiveVector>& points) {
  std::vector<std::size_t> fronts(points.size(), points.size());
  std::size_t left = points.size();
  for (std::size_t front = 0; left > 0; ++front) {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (fronts[i] < front) continue;
      bool free = true;
      for (std::size_t j = 0; j < points.size(); ++j)
        free = free && (fronts[j] < front || !dominates(points[j], points[i]));
      if (free) members.push_back(i);
    }
    for (const std::size_t i : members) fronts[i] = front;
    left -= members.size();
  }
  return fronts;
}

TEST(Dominance, NeedsOneObjectiveThatIsBetter) {
  EXPECT_TRUE(dominates(ObjectiveVector{1, 2}, ObjectiveVector{1, 3}));
  EXPECT_FALSE(dominates(ObjectiveVector{1, 2}, ObjectiveVector{1, 2}));
  EXPECT_FALSE(dominates(ObjectiveVector{1, 3}, ObjectiveVector{2, 2}));
}

TEST(Dominance, FrontsAreThoseOfTheDefinition) {
  RandomStream random(1, 0, "dominance");
  for (std::size_t objectives = 1; objectives <= 4; ++objectives) {
    for (int repeat = 0; repeat < 20; ++repeat) {
      const auto points = random_points(40, objectives, random);
      EXPECT_EQ(fronts_of(points), peeled_fronts(points)) << objectives;
    }
  }
}

TEST(Dominance, OfEqualPointsTheFirstAloneIsKept) {
  EXPECT_EQ(non_dominated({{1, 1}, {0, 2}, {1, 1}, {2, 2}, {0, 2}}), (std::vector<std::size_t>{0, 1}));
}

TEST(Dominance, CrowdingIsTheGapBetweenNeighbours) {
  // f1: 0 1 4 10, f2: 10 6 2 0: both ranges are 10.
  const std::vector<double> distances = crowding_distances({{4, 2}, {0, 10}, {10, 0}, {1, 6}});
  EXPECT_DOUBLE_EQ(distances[0], 0.9 + 0.6);
  EXPECT_DOUBLE_EQ(distances[3], 0.4 + 0.8);
  EXPECT_EQ(distances[1], kInfinity);
  EXPECT_EQ(distances[2], kInfinity);
}

TEST(Dominance, CrowdingOfEqualPointsIsFinite) {
  const std::vector<double> distances = crowding_distances({{1, 1}, {1, 1}, {1, 1}, {1, 1}});
  EXPECT_EQ(distances[1], 0);
  EXPECT_EQ(distances[2], 0);
}

}  // namespace
}  // namespace hone
