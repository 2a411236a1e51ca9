#include "search/budget.h"

#include <gtest/gtest.h>

#include "tests/search/simulation.h"

namespace hone {
namespace {

/// Completed trials with these minimised losses.
History history_with(const std::vector<double>& losses) {
  History history;
  for (const double loss : losses) {
    HistoryTrial trial;
    trial.id = static_cast<std::int64_t>(history.trials.size());
    trial.state = TrialState::completed;
    trial.value = loss;
    history.trials.push_back(trial);
  }
  return history;
}

TEST(Budget, TrialsAreCountedWhenAsked) {
  const ExperimentSpec spec = plane_spec(2);
  EXPECT_EQ(why_no_new_trial(spec, history_with({1})), std::nullopt);
  EXPECT_EQ(why_no_new_trial(spec, history_with({1, 2})), "2 trials");
  EXPECT_EQ(why_nothing_more(spec, history_with({1, 2}), 1e9), std::nullopt);
}

TEST(Budget, WallEndsEverything) {
  ExperimentSpec spec = plane_spec(9);
  const std::pair<double, const char*> rows[] = {
      {90, "wall 90s"}, {120, "wall 2m"}, {1800, "wall 30m"}, {7200, "wall 2h"}, {0.5, "wall 0.5s"}};
  for (const auto& [seconds, reason] : rows) {
    spec.budget.wall = seconds;
    EXPECT_EQ(why_nothing_more(spec, History(), seconds - 0.1), std::nullopt);
    EXPECT_EQ(why_nothing_more(spec, History(), seconds), reason);
  }
}

TEST(Budget, TheTargetIsReachedInTheObjectivesDirection) {
  ExperimentSpec spec = plane_spec(9);
  spec.budget.target = 2;
  EXPECT_EQ(why_nothing_more(spec, history_with({3, 2.1}), 0), std::nullopt);
  EXPECT_EQ(why_nothing_more(spec, history_with({3, 2}), 0), "target reached");
  spec.objectives.front().goal = Goal::maximize;
  EXPECT_EQ(why_nothing_more(spec, history_with({-1}), 0), std::nullopt);
  EXPECT_EQ(why_nothing_more(spec, history_with({-1, -2.5}), 0), "target reached");
}

TEST(Budget, PatienceCountsTrialsWithAValueSinceTheBest) {
  ExperimentSpec spec = plane_spec(99);
  spec.budget.patience = 2;
  EXPECT_EQ(why_no_new_trial(spec, history_with({})), std::nullopt);
  EXPECT_EQ(why_no_new_trial(spec, history_with({3, 1, 2})), std::nullopt);
  EXPECT_EQ(why_no_new_trial(spec, history_with({3, 1, 2, 4})), "no better one among 2 trials");
  History history = history_with({3, 1, 2, 4});
  history.trials.back().state = TrialState::failed;
  EXPECT_EQ(why_no_new_trial(spec, history), std::nullopt);
}

TEST(Budget, UnitsAreSpentToTheLastAndNeverBeyond) {
  ExperimentSpec spec = plane_spec(9);
  EXPECT_TRUE(affords(spec, 7, 1e9));
  spec.budget.units = 10;
  EXPECT_TRUE(affords(spec, 7, 3));
  EXPECT_FALSE(affords(spec, 7, 3.1));
  EXPECT_EQ(units_reason(spec), "10 epochs");
}

}  // namespace
}  // namespace hone
