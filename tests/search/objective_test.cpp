#include "search/objective.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

ObjectiveSpec objective_from(const std::string& from, Goal goal = Goal::minimize) {
  ObjectiveSpec objective;
  objective.metric = "loss";
  objective.goal = goal;
  objective.from = from;
  return objective;
}

ExperimentSpec spec_of(const ObjectiveSpec& objective) {
  ExperimentSpec spec;
  spec.objectives = {objective};
  return spec;
}

Goals goals_of(const ObjectiveSpec& objective) { return Goals(spec_of(objective)); }

Trial trial_with(const std::vector<double>& losses, TrialState state = TrialState::completed) {
  Trial trial;
  trial.state = state;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    trial.curve.push_back({static_cast<double>(i + 1), {{"loss", losses[i]}, {"other", 9.0}}});
  }
  return trial;
}

TEST(Objective, IsWhatFromMakesOfTheReports) {
  const Trial trial = trial_with({4, 1, 2, 3});
  EXPECT_EQ(objective_of(trial, objective_from("last")), 3);
  EXPECT_EQ(objective_of(trial, objective_from("best")), 1);
  EXPECT_EQ(objective_of(trial, objective_from("best", Goal::maximize)), 4);
  EXPECT_EQ(objective_of(trial, objective_from("mean:2")), 2.5);
  EXPECT_EQ(objective_of(trial, objective_from("mean:100")), 2.5);
}

TEST(Objective, AFinalLineWins) {
  Trial trial = trial_with({4, 1});
  trial.final_metrics["loss"] = 7;
  for (const char* from : {"last", "best", "mean:2"}) EXPECT_EQ(objective_of(trial, objective_from(from)), 7);
}

TEST(Objective, ReportsWithoutItAreSkipped) {
  Trial trial = trial_with({4});
  trial.curve.push_back({2, {{"other", 1.0}}});
  EXPECT_EQ(objective_of(trial, objective_from("last")), 4);
  EXPECT_EQ(objective_of(trial, objective_from("mean:2")), 4);
  EXPECT_EQ(objective_of(trial_with({}), objective_from("last")), std::nullopt);
}

StudyState state_of(std::vector<Trial> trials) {
  StudyState state;
  for (std::size_t id = 0; id < trials.size(); ++id) {
    trials[id].id = static_cast<std::int64_t>(id);
    state.trials.push_back(trials[id]);
    state.ledgers.emplace_back();
  }
  return state;
}

TEST(BestTrial, IsTheBestCompletedOne) {
  const StudyState state = state_of({trial_with({3}), trial_with({1}, TrialState::rested), trial_with({2}),
                                     trial_with({0}, TrialState::failed), trial_with({2})});
  EXPECT_EQ(best_trial(state, spec_of(objective_from("last"))), 2);
  EXPECT_EQ(best_trial(state, spec_of(objective_from("last", Goal::maximize))), 0);
}

TEST(BestTrial, IsARestedOrStoppedOneWhereNoneCompleted) {
  const StudyState state = state_of({trial_with({3}, TrialState::rested), trial_with({1}, TrialState::stopped),
                                     trial_with({0}, TrialState::running), trial_with({0}, TrialState::failed)});
  EXPECT_EQ(best_trial(state, spec_of(objective_from("last"))), 1);
}

TEST(BestTrial, StaysTheBestWhileItRunsOnAfterAPromotion) {
  StudyState state = state_of({trial_with({2}, TrialState::rested), trial_with({1, 5}, TrialState::running),
                               trial_with({0}, TrialState::running)});
  state.ledgers[1].reached = {{1, 1, {}}};
  const ObjectiveSpec objective = objective_from("last");
  EXPECT_EQ(settled_value(state.trials[1], state.ledgers[1], objective), 1);
  EXPECT_EQ(settled_value(state.trials[2], state.ledgers[2], objective), std::nullopt);
  EXPECT_EQ(best_trial(state, spec_of(objective)), 1);
}

TEST(BestTrial, IsJudgedByTheFinalLineOfItsRungWhileItRunsOn) {
  StudyState state = state_of({trial_with({}, TrialState::running), trial_with({4}, TrialState::rested)});
  state.ledgers[0].reached = {{1, 0, {{"loss", 3.0}}}};
  EXPECT_EQ(best_trial(state, spec_of(objective_from("last"))), 0);
}

TEST(BestTrial, IsNobodyWithoutAValue) {
  const StudyState state = state_of({trial_with({}), trial_with({1}, TrialState::failed)});
  EXPECT_EQ(best_trial(state, spec_of(objective_from("last"))), std::nullopt);
  EXPECT_EQ(best_trial(StudyState{}, spec_of(objective_from("last"))), std::nullopt);
}

TEST(UpdateView, ShowsTheCurveTheRungsAndTheValueMinimised) {
  Trial trial = trial_with({5, 4, 6, 7}, TrialState::running);
  trial.budget = 9;
  TrialLedger ledger;
  ledger.reached = {{1, 1, {}}, {3, 3, {{"loss", 2.0}}}};
  HistoryTrial view;
  update_view(view, trial, ledger, goals_of(objective_from("best", Goal::maximize)));
  EXPECT_EQ(view.state, TrialState::running);
  EXPECT_EQ(view.budget, 9);
  EXPECT_EQ(view.value, -7);
  ASSERT_EQ(view.curve.size(), 4U);
  const double expected[] = {-5, -5, -6, -7};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(view.curve[i].budget, static_cast<double>(i + 1));
    EXPECT_EQ(view.curve[i].value, expected[i]);
  }
  ASSERT_EQ(view.rungs.size(), 2U);
  EXPECT_EQ(view.rungs[0].budget, 1);
  EXPECT_EQ(view.rungs[0].value, -5);
  EXPECT_EQ(view.rungs[1].budget, 3);
  EXPECT_EQ(view.rungs[1].value, -2);
}

TEST(UpdateView, AFailedTrialCarriesNoValue) {
  Trial trial = trial_with({5}, TrialState::failed);
  trial.failure = FailureClass::crash;
  TrialLedger ledger;
  ledger.reached = {{1, 1, {}}};
  HistoryTrial view;
  update_view(view, trial, ledger, goals_of(objective_from("last")));
  EXPECT_EQ(view.failure, FailureClass::crash);
  EXPECT_EQ(view.value, std::nullopt);
  EXPECT_TRUE(view.curve.empty());
  EXPECT_TRUE(view.rungs.empty());
}

TEST(UpdateView, APromotedTrialKeepsItsValueUntilItReports) {
  Trial trial = trial_with({}, TrialState::running);
  TrialLedger ledger;
  ledger.reached = {{1, 0, {{"loss", 3.0}}}};
  HistoryTrial view;
  update_view(view, trial, ledger, goals_of(objective_from("last")));
  EXPECT_EQ(view.value, 3);
}

}  // namespace
}  // namespace hone
