#include "search/schedulers/none_scheduler.h"

#include <gtest/gtest.h>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

TEST(NoneScheduler, GivesTheFullBudgetAtOnceAndKeepsEverything) {
  const NoneScheduler scheduler(27);
  const History history = {{completed_trial(0, {}, 0.3)}};
  EXPECT_EQ(scheduler.rungs(), std::vector<double>{27});
  EXPECT_EQ(scheduler.first_budget(history), 27);
  EXPECT_EQ(scheduler.judge(history, 0), Verdict::keep);
  EXPECT_FALSE(scheduler.promote(history));
  EXPECT_FALSE(scheduler.promote_at_end(history));
}

}  // namespace
}  // namespace hone
