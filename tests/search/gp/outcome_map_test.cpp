#include "search/gp/outcome_map.h"

#include <gtest/gtest.h>

#include <vector>

namespace hone {
namespace {

TEST(OutcomeMap, IsLinearBetweenWhatWasSeenAndBeyond) {
  const OutcomeMap map(std::vector<double>{4, 1, 2, 2}, std::vector<double>{3, 0, 1, 1});
  EXPECT_DOUBLE_EQ(map(1), 0);
  EXPECT_DOUBLE_EQ(map(1.5), 0.5);
  EXPECT_DOUBLE_EQ(map(2), 1);
  EXPECT_DOUBLE_EQ(map(3), 2);
  EXPECT_DOUBLE_EQ(map(4), 3);
  EXPECT_DOUBLE_EQ(map(6), 5);
  EXPECT_DOUBLE_EQ(map(0), -1);
}

TEST(OutcomeMap, HasAWayBack) {
  const OutcomeMap map(std::vector<double>{4, 1, 2}, std::vector<double>{3, 0, 1});
  for (const double value : {-1.0, 1.5, 2.0, 3.3, 9.0}) EXPECT_DOUBLE_EQ(map.inverse()(map(value)), value);
}

TEST(OutcomeMap, OfEqualValuesKeepsDistances) {
  const OutcomeMap map(std::vector<double>{2, 2}, std::vector<double>{0, 0});
  EXPECT_DOUBLE_EQ(map(2), 0);
  EXPECT_DOUBLE_EQ(map(5), 3);
}

}  // namespace
}  // namespace hone
