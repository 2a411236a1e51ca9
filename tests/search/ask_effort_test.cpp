#include "search/samplers/ask_effort.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

TEST(AskEffort, IsFullForAsksThatNobodyNoticesHoweverShortTrialsAre) {
  EXPECT_EQ(affordable_effort(1e-6, 300, 10, 1), AskEffort::full);
  EXPECT_EQ(affordable_effort(1e-6, 100, 100, 2), AskEffort::full);
}

TEST(AskEffort, FallsStepByStepAsAsksGrowLonger) {
  EXPECT_EQ(affordable_effort(0.01, 700, 100, 1), AskEffort::full);
  EXPECT_EQ(affordable_effort(0.01, 900, 100, 1), AskEffort::fewer_points);
  EXPECT_EQ(affordable_effort(0.01, 1000, 100, 2), AskEffort::part_of_values);
  EXPECT_EQ(affordable_effort(0.01, 1000, 100, 10), AskEffort::ranks_only);
}

TEST(AskEffort, IsFullForLongTrialsAndBeforeTimesAreKnown) {
  EXPECT_EQ(affordable_effort(10, 1000, 100, 10), AskEffort::full);
  EXPECT_EQ(affordable_effort(std::nullopt, 1000, 100, 10), AskEffort::full);
}

TEST(AskEffort, TheModelAgreesWithWhatWasMeasured) {
  // ask_bench latency gp 10 100 200 500 1000, in ms.
  const std::pair<std::size_t, double> measured[] = {{100, 4.24}, {200, 8.24}, {500, 27.1}, {1000, 84.5}};
  for (const auto& [values, milliseconds] : measured) {
    EXPECT_NEAR(1e3 * modelled_ask_seconds(AskEffort::full, values, 10, 1) / milliseconds, 1, 0.06) << values;
  }
}

History timed(std::initializer_list<double> seconds) {
  History history;
  for (const double one : seconds) {
    history.trials.emplace_back();
    history.trials.back().seconds = one;
  }
  return history;
}

TEST(AskEffort, TheTimeOfATrialIsTheMedianOfFiveOrMore) {
  EXPECT_FALSE(median_trial_seconds(timed({1, 2, 3, 4})));
  History history = timed({1, 2, 3, 400, 5});
  history.trials.emplace_back();
  EXPECT_EQ(median_trial_seconds(history), 3);
}

}  // namespace
}  // namespace hone
