#include "search/trial/hypervolume.h"

#include <gtest/gtest.h>

#include "core/random.h"

namespace hone {
namespace {

TEST(Hypervolume, OfTwoObjectivesIsTheAreaUnderTheReference) {
  EXPECT_DOUBLE_EQ(hypervolume({{1, 3}, {2, 2}, {3, 1}, {2.5, 2.5}}, {4, 4}), 3 + 2 + 1);
}

TEST(Hypervolume, LeavesOutWhatIsBeyondTheReference) {
  EXPECT_EQ(hypervolume({{1, 5}, {5, 1}, {4, 1}}, {4, 4}), 0);
  EXPECT_EQ(hypervolume({}, {4, 4}), 0);
  EXPECT_DOUBLE_EQ(hypervolume({{3}, {1}, {2}}, {4}), 3);
}

TEST(Hypervolume, AgreesWithCountingCells) {
  // Points on a grid of 6 cells a side: the dominated cells can be counted.
  RandomStream random(1, 0, "hypervolume");
  for (std::size_t objectives = 2; objectives <= 5; ++objectives) {
    std::vector<ObjectiveVector> points(12, ObjectiveVector(objectives));
    for (ObjectiveVector& point : points) {
      for (double& value : point) value = static_cast<double>(random.index(6));
    }
    std::size_t cells = 1;
    for (std::size_t k = 0; k < objectives; ++k) cells *= 6;
    double dominated = 0;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      bool any = false;
      for (const ObjectiveVector& point : points) {
        bool all = true;
        for (std::size_t k = 0, rest = cell; k < objectives; ++k, rest /= 6) {
          all = all && point[k] <= static_cast<double>(rest % 6);
        }
        any = any || all;
      }
      dominated += any ? 1 : 0;
    }
    EXPECT_DOUBLE_EQ(hypervolume(points, ObjectiveVector(objectives, 6)), dominated) << objectives;
  }
}

TEST(Hypervolume, ReferenceLiesATenthBeyondTheFront) {
  const ObjectiveVector reference = reference_beyond({{0, 10}, {5, 0}, {100, 100}});
  EXPECT_DOUBLE_EQ(reference[0], 5.5);
  EXPECT_DOUBLE_EQ(reference[1], 11);
  EXPECT_DOUBLE_EQ(reference_beyond({{-4, 0}})[0], -3.6);
  EXPECT_DOUBLE_EQ(reference_beyond({{-4, 0}})[1], 1);
}

}  // namespace
}  // namespace hone
