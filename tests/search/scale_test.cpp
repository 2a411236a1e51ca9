#include "search/trial/scale.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hone {
namespace {

// Rounding of log and exp: a few units in the last place.
constexpr double kRounding = 1e-14;

TEST(Scale, SpreadsALogRangeByDecades) {
  const Scale scale(LogScale::natural, 1e-4, 1, 0);
  EXPECT_NEAR(scale.to_unit(1e-2), 0.5, kRounding);
  EXPECT_NEAR(scale.from_unit(0.25), 1e-3, 1e-3 * kRounding * 10);
  EXPECT_NEAR(scale.from_unit(1), 1, kRounding);
}

TEST(Scale, SpreadsAReverseRangeTowardsItsUpperBound) {
  const Scale scale(LogScale::reverse, 0.9, 1, 0);
  // ε is a hundredth of the range: the distance to 1.001 falls evenly from 0.101 to 0.001.
  EXPECT_NEAR(scale.from_unit(0.5), 1.001 - std::sqrt(0.101 * 0.001), 1e-12);
  EXPECT_NEAR(scale.to_unit(scale.from_unit(0.3)), 0.3, 1e-12);
  EXPECT_NEAR(scale.from_unit(1), 1, kRounding);
}

TEST(Scale, LeavesHalfAStepOutsideBothEnds) {
  const Scale scale(LogScale::none, 1, 4, 1);
  EXPECT_DOUBLE_EQ(scale.to_unit(1), 0.125);
  EXPECT_DOUBLE_EQ(scale.to_unit(4), 0.875);
  EXPECT_DOUBLE_EQ(scale.from_unit(0), 0.5);
}

TEST(Scale, PadsALogRangeWithAWideStepAboveZero) {
  const Scale scale(LogScale::natural, 1, 100, 10);
  EXPECT_DOUBLE_EQ(scale.from_unit(0), 0.5);
}

}  // namespace
}  // namespace hone
