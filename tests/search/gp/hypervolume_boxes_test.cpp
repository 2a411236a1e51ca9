#include "search/gp/hypervolume_boxes.h"

#include <gtest/gtest.h>

#include "core/random.h"

namespace hone {
namespace {

bool contains(const ImprovementBox& box, const FrontPoint& place, std::size_t objectives) {
  for (std::size_t k = 0; k < objectives; ++k) {
    if (place[k] < box.low[k] || place[k] >= box.high[k]) return false;
  }
  return true;
}

bool is_dominated(const std::vector<FrontPoint>& points, const FrontPoint& place, std::size_t objectives) {
  for (const FrontPoint& point : points) {
    bool all = true;
    for (std::size_t k = 0; k < objectives; ++k) all = all && point[k] <= place[k];
    if (all) return true;
  }
  return false;
}

TEST(HypervolumeBoxes, FillWhatIsNotDominatedOnce) {
  RandomStream random(1, 0, "boxes");
  constexpr FrontPoint kReference = {5, 5, 5};
  for (std::size_t objectives = 2; objectives <= 3; ++objectives) {
    for (int repeat = 0; repeat < 20; ++repeat) {
      std::vector<FrontPoint> points(6);
      for (FrontPoint& point : points) {
        for (double& value : point) value = static_cast<double>(random.index(7));  // some beyond the reference
      }
      const auto boxes = improvement_boxes(points, kReference, objectives);
      EXPECT_LE(boxes.size(), 2 * points.size() + 1);
      for (int cell = 0; cell < 7 * 7 * 7; ++cell) {
        const FrontPoint place = {cell % 7 - 0.5, cell / 7 % 7 - 0.5, cell / 49 - 0.5};
        bool wanted = !is_dominated(points, place, objectives);
        for (std::size_t k = 0; k < objectives; ++k) wanted = wanted && place[k] < kReference[k];
        int found = 0;
        for (const ImprovementBox& box : boxes) found += contains(box, place, objectives) ? 1 : 0;
        EXPECT_EQ(found, wanted ? 1 : 0) << objectives << " " << cell;
      }
    }
  }
}

TEST(HypervolumeBoxes, OfNothingAreAllUpToTheReference) {
  const auto boxes = improvement_boxes({}, {1, 2, 3}, 3);
  ASSERT_EQ(boxes.size(), 1u);
  EXPECT_EQ(boxes[0].high, (FrontPoint{1, 2, 3}));
}

}  // namespace
}  // namespace hone
