#include "cli/status_line.h"

#include <gtest/gtest.h>

#include "core/text.h"

namespace hone {
namespace {

SearchStatus busy_status() {
  SearchStatus status;
  status.finished = 12;
  status.planned = 100;
  status.good = 9;
  status.stopped = 2;
  status.failed = 1;
  status.running = 4;
  status.best = 0.43124;
  status.best_trial = 7;
  status.elapsed_seconds = 133;
  status.left_low = status.left_high = 1140;
  return status;
}

TEST(StatusLine, SaysEverythingWhereThereIsRoom) {
  EXPECT_EQ(status_line(busy_status(), 199),
            "[12/100 ok 9 stopped 2 failed 1] best 0.4312 (t7) · 4 running · 02:13, ~19 min left");
}

TEST(StatusLine, LeavesOutWhatMattersLeastFirst) {
  EXPECT_EQ(status_line(busy_status(), 79), "[12/100 ok 9 stopped 2 failed 1] best 0.4312 (t7) · 02:13, ~19 min left");
  EXPECT_EQ(status_line(busy_status(), 39), "[12/100 failed 1] best 0.4312 (t7)");
}

TEST(StatusLine, IsNeverWiderThanItMayBe) {
  for (int columns = 1; columns < 220; ++columns) {
    EXPECT_LE(display_width(status_line(busy_status(), columns)), columns);
  }
}

TEST(StatusLine, SaysWhenNothingHasAScore) {
  SearchStatus status;
  status.running = 2;
  EXPECT_EQ(status_line(status, 80), "[0 ok 0] no score yet · 2 running · 00:00");
}

TEST(TimeLeft, IsARangeUntilTenTrialsAreKnown) {
  TimeLeft left;
  SearchStatus status;
  status.planned = 20;
  for (int trial = 1; trial <= 5; ++trial) left.trial_finished(10.0 * trial);
  status.finished = 5;
  left.estimate(status);
  EXPECT_DOUBLE_EQ(*status.left_low, 105);
  EXPECT_DOUBLE_EQ(*status.left_high, 240);
  for (int trial = 6; trial <= 10; ++trial) left.trial_finished(10.0 * trial);
  status.finished = 10;
  left.estimate(status);
  EXPECT_DOUBLE_EQ(*status.left_low, 100);
  EXPECT_DOUBLE_EQ(*status.left_high, 100);
}

}  // namespace
}  // namespace hone
