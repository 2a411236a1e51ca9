#include <gtest/gtest.h>

#include <cmath>

#include "search/schedulers/median_scheduler.h"
#include "search/schedulers/patience_scheduler.h"
#include "search/schedulers/signed_rank.h"
#include "search/schedulers/threshold_scheduler.h"
#include "search/schedulers/wilcoxon_scheduler.h"
#include "tests/search/scheduler_traces.h"

namespace hone {
namespace {

const double kNan = std::nan("");

/// Trial t improves as 10 + t − step.
double steady(int trial, int step) { return 10.0 + trial - step; }

TEST(MedianScheduler, StopsWhoIsWorseThanTheMedianOfTheOthersMeans) {
  MedianOptions options;
  options.startup = 3;
  // Means of trials 0…2 after step 1 are 9, 10, 11: median 10; trial 3 starts at 12. Trial 4 starts at 7.
  const auto value = [](int trial, int step) { return trial == 4 ? 8.0 - step : steady(trial, step); };
  EXPECT_EQ(trace_of(MedianScheduler(options, 4), 5, value), "0@4 1@4 2@4 3@4 3!1 4@4");
}

TEST(MedianScheduler, LooksAtTheMeansUpToTheStepAndAtTheBestValue) {
  MedianOptions options;
  options.startup = 1;
  // Trial 0 has running means 4, 3.5, 3; trial 1 a best of 4, 4, 4: behind from step 2 on.
  const auto value = [](int trial, int step) { return trial == 0 ? 5.0 - step : 3.0 + step; };
  EXPECT_EQ(trace_of(MedianScheduler(options, 3), 2, value), "0@3 1@3 1!2");
}

TEST(MedianScheduler, WaitsForWarmupAndInterval) {
  MedianOptions options;
  options.startup = 1;
  options.warmup = 2;
  EXPECT_EQ(trace_of(MedianScheduler(options, 8), 2, steady), "0@8 1@8");
  const auto worse = [](int trial, int) { return static_cast<double>(trial); };
  EXPECT_EQ(trace_of(MedianScheduler(options, 8), 2, worse), "0@8 1@8 1!3");
  options.warmup = 0;
  options.interval = 4;
  // Behind from step 2 on, looked at in steps 1, 4 and 8.
  const auto stays = [](int trial, int step) { return trial == 0 ? 10.0 - step : 9.0; };
  EXPECT_EQ(trace_of(MedianScheduler(options, 8), 2, stays), "0@8 1@8 1!4");
}

TEST(MedianScheduler, IgnoresFailedTrials) {
  MedianOptions options;
  options.startup = 2;
  const auto value = [](int trial, int step) { return trial < 2 && step == 2 ? kNan : steady(trial, step); };
  EXPECT_EQ(trace_of(MedianScheduler(options, 3), 5, value), "0@3 1@3 2@3 3@3 4@3 4!1");
}

TEST(PatienceScheduler, StopsAfterReportsWithoutABetterValue) {
  PatienceOptions options;
  options.patience = 2;
  const auto value = [](int trial, int step) { return trial == 0 ? 9.0 - step : std::abs(step - 3.0); };
  EXPECT_EQ(trace_of(PatienceScheduler(options, 9), 2, value), "0@9 1@9 1!5");
  options.warmup = 6;
  EXPECT_EQ(trace_of(PatienceScheduler(options, 9), 2, value), "0@9 1@9 1!7");
}

TEST(PatienceScheduler, WatchesTrialsWithoutFidelityToo) {
  PatienceOptions options;
  options.patience = 3;
  EXPECT_EQ(trace_of(
                PatienceScheduler(options, 0), 1, [](int, int) { return 1.0; }, /*whole=*/9),
            "0@0 0!4");
}

TEST(ThresholdScheduler, StopsOutsideTheRangeInTheUsersDirection) {
  ThresholdOptions options;
  options.upper = 5;
  const auto rising = [](int trial, int step) { return 1.0 * trial * step; };
  EXPECT_EQ(trace_of(ThresholdScheduler(options, Goal::minimize, 4), 3, rising), "0@4 1@4 2@4 2!3");
  options.upper.reset();
  options.lower = -5;
  // Maximised: the history holds −accuracy.
  EXPECT_EQ(trace_of(ThresholdScheduler(options, Goal::maximize, 4), 3, rising), "0@4 1@4 2@4 2!3");
  options.warmup = 3;
  EXPECT_EQ(trace_of(ThresholdScheduler(options, Goal::maximize, 4), 3, rising), "0@4 1@4 2@4 2!4");
}

TEST(WilcoxonScheduler, StopsWhoIsWorseOverTheSharedFolds) {
  // Five differences of one sign have p = 1/32.
  const auto value = [](int trial, int fold) { return fold + 0.1 * trial * fold; };
  EXPECT_EQ(trace_of(WilcoxonScheduler({}, 8), 2, value), "0@8 1@8 1!5");
  const auto better = [](int trial, int fold) { return fold - 0.1 * trial * fold; };
  EXPECT_EQ(trace_of(WilcoxonScheduler({}, 8), 2, better), "0@8 1@8");
}

TEST(WilcoxonScheduler, ComparesWithTheBestMeanAndForgivesChance) {
  const auto value = [](int trial, int fold) {
    if (trial == 0) return 5.0 + fold;
    if (trial == 1) return 1.0 + fold;
    return 1.0 + fold + (fold % 2 == 0 ? 0.3 : -0.2);  // worse than trial 1 by chance only, far better than trial 0
  };
  EXPECT_EQ(trace_of(WilcoxonScheduler({}, 8), 3, value), "0@8 1@8 2@8");
  WilcoxonOptions late;
  late.startup = 7;
  EXPECT_EQ(trace_of(WilcoxonScheduler(late, 8), 2, [](int trial, int fold) { return 1.0 * trial + fold; }),
            "0@8 1@8 1!7");
}

// scipy.stats.wilcoxon(d, alternative="greater", method="exact"): the sums of signed ranks counted by hand.
TEST(SignedRank, CountsSignsExactly) {
  EXPECT_DOUBLE_EQ(signed_rank_p_value({1, 2, 3, 4, 5}), 1.0 / 32);
  EXPECT_DOUBLE_EQ(signed_rank_p_value({-1, 2, 3, 4, 5}), 2.0 / 32);
  EXPECT_DOUBLE_EQ(signed_rank_p_value({1, -2, 3}), 3.0 / 8);
  EXPECT_DOUBLE_EQ(signed_rank_p_value({-1, -2, -3}), 1.0);
  EXPECT_DOUBLE_EQ(signed_rank_p_value({}), 1.0);
  EXPECT_DOUBLE_EQ(signed_rank_p_value({0, 2}), 0.5);
  // Two equal ranks of 1.5: sums 0, 1.5, 1.5, 3.
  EXPECT_DOUBLE_EQ(signed_rank_p_value({1, -1}), 0.75);
}

}  // namespace
}  // namespace hone
