#include "search/analysis/best_so_far.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

const std::vector<FinishedTrial> kFinished = {{0, 1, 5}, {2, 2, 7}, {1, 4, 3}, {3, 8, 1}};

TEST(BestSoFar, IsTheMeanOfTheBestUpToEachTrial) {
  const BestSoFar result = best_so_far(kFinished, /*maximize=*/false, std::nullopt).value();
  EXPECT_DOUBLE_EQ(result.area, (5 + 5 + 3 + 1) / 4.0);
  ASSERT_EQ(result.improvements.size(), 3u);
  EXPECT_EQ(result.improvements[1].trial.trial, 1);
  EXPECT_EQ(result.improvements[1].trials, 3);
  EXPECT_FALSE(result.reached_target);
}

TEST(BestSoFar, SaysWhenTheTargetWasReached) {
  const auto minimised = best_so_far(kFinished, /*maximize=*/false, 3.0)->reached_target;
  ASSERT_TRUE(minimised);
  EXPECT_EQ(minimised->trials, 3);
  EXPECT_EQ(minimised->trial.seconds, 4);
  EXPECT_FALSE(best_so_far(kFinished, /*maximize=*/false, 0.5)->reached_target);
  EXPECT_EQ(best_so_far(kFinished, /*maximize=*/true, 6.0)->reached_target->trial.trial, 2);
}

TEST(BestSoFar, NeedsATrial) { EXPECT_FALSE(best_so_far({}, false, 1.0)); }

}  // namespace
}  // namespace hone
