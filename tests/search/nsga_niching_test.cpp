#include "search/samplers/nsga_niching.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace hone {
namespace {

TEST(NsgaNiching, ReferencePointsCoverTheSimplex) {
  EXPECT_EQ(reference_points(2, 2), (std::vector<ObjectiveVector>{{0, 1}, {0.5, 0.5}, {1, 0}}));
  const auto points = reference_points(4, 3);
  EXPECT_EQ(points.size(), 20u);
  for (const auto& point : points) EXPECT_NEAR(std::accumulate(point.begin(), point.end(), 0.0), 1, 1e-12);
}

TEST(NsgaNiching, DivisionsAreTheMostThatFitThePopulation) {
  for (std::size_t objectives = 2; objectives <= 10; ++objectives) {
    const std::int64_t divisions = divisions_within(objectives, 100);
    EXPECT_LE(reference_points(objectives, divisions).size(), 100u) << objectives;
    EXPECT_GT(reference_points(objectives, divisions + 1).size(), 100u) << objectives;
  }
  EXPECT_EQ(divisions_within(4, 100), 6);
  EXPECT_EQ(divisions_within(1, 100), 1);
  EXPECT_EQ(divisions_within(5, 3), 1);
}

TEST(NsgaNiching, KeepsThePointsNearestToTheReferencePoints) {
  // A line from (0, 1) to (1, 0): of 21 points those at 0, ¼, ½, ¾ and 1.
  std::vector<ObjectiveVector> points;
  for (int i = 0; i <= 20; ++i) points.push_back({i / 20.0, 1 - i / 20.0});
  RandomStream random(1, -1, "test");
  std::vector<std::size_t> kept = niched(points, reference_points(2, 4), 5, random);
  std::sort(kept.begin(), kept.end());
  EXPECT_EQ(kept, (std::vector<std::size_t>{0, 5, 10, 15, 20}));
}

TEST(NsgaNiching, KeepsWholeFrontsFirst) {
  const std::vector<ObjectiveVector> points = {{5, 5}, {1, 2}, {6, 6}, {2, 1}, {4, 5.5}};
  RandomStream random(1, -1, "test");
  std::vector<std::size_t> kept = niched(points, reference_points(2, 1), 3, random);
  std::sort(kept.begin(), kept.end());
  EXPECT_TRUE(kept == (std::vector<std::size_t>{0, 1, 3}) || kept == (std::vector<std::size_t>{1, 3, 4}));
  EXPECT_EQ(niched(points, reference_points(2, 1), 5, random).size(), 5u);
  EXPECT_TRUE(niched(points, reference_points(2, 1), 0, random).empty());
}

TEST(NsgaNiching, CopesWithEqualPoints) {
  const std::vector<ObjectiveVector> points(7, ObjectiveVector{1, 1, 1});
  RandomStream random(1, -1, "test");
  EXPECT_EQ(niched(points, reference_points(3, 3), 4, random).size(), 4u);
}

}  // namespace
}  // namespace hone
