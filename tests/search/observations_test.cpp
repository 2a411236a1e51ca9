#include "search/samplers/observations.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

HistoryTrial trial_in(std::int64_t id, TrialState state, std::vector<RungValue> rungs) {
  HistoryTrial trial;
  trial.id = id;
  trial.state = state;
  trial.rungs = trial.curve = rungs;
  if (!rungs.empty()) trial.value = rungs.back().value;
  return trial;
}

HistoryTrial failed_trial(std::int64_t id, FailureClass failure) {
  HistoryTrial trial = trial_in(id, TrialState::failed, {});
  trial.failure = failure;
  return trial;
}

std::vector<std::int64_t> ranking(const History& history) {
  std::vector<Observation> observed = observations(history);
  std::sort(observed.begin(), observed.end(), is_better);
  std::vector<std::int64_t> ids;
  for (const Observation& observation : observed) ids.push_back(observation.trial->id);
  return ids;
}

std::vector<std::int64_t> discouraging_ids(const History& history, bool learn_failures) {
  std::vector<std::int64_t> ids;
  for (const HistoryTrial* trial : discouraging(history, learn_failures)) ids.push_back(trial->id);
  return ids;
}

TEST(Observations, RankTheHigherRungFirstThenTheValue) {
  const History history = {
      {trial_in(0, TrialState::rested, {{1, 0.1}}), trial_in(1, TrialState::completed, {{1, 0.9}, {3, 0.8}, {9, 0.7}}),
       trial_in(2, TrialState::rested, {{1, 0.5}, {3, 0.4}}), trial_in(3, TrialState::stopped, {{1, 0.05}}),
       trial_in(4, TrialState::completed, {{1, 0.3}, {3, 0.3}, {9, 0.6}}),
       trial_in(5, TrialState::rested, {{1, 0.1}})}};
  EXPECT_EQ(ranking(history), (std::vector<std::int64_t>{4, 1, 2, 3, 0, 5}));
}

TEST(Observations, KeepTheRungValueOfATrialThatRunsAgain) {
  const History history = {{trial_in(0, TrialState::running, {{1, 0.2}}), trial_in(1, TrialState::rested, {{1, 0.3}})}};
  EXPECT_EQ(ranking(history), (std::vector<std::int64_t>{0, 1}));
  EXPECT_TRUE(discouraging_ids(history, true).empty());
}

TEST(Observations, TakeTheNewestReportOfATrialStoppedBeforeItsFirstRung) {
  HistoryTrial stopped = trial_in(0, TrialState::stopped, {});
  stopped.curve = {{1, 0.5}, {2, 0.4}};
  stopped.value = 0.4;
  const std::vector<Observation> observed = observations({{stopped}});
  ASSERT_EQ(observed.size(), 1u);
}

TEST(Observations, CountRunningTrialsWithoutARungAsDiscouraging) {
  HistoryTrial running = trial_in(1, TrialState::running, {});
  running.curve = {{1, 0.01}};
  running.value = 0.01;
  const History history = {{trial_in(0, TrialState::waiting, {}), running}};
  EXPECT_TRUE(observations(history).empty());
  EXPECT_EQ(discouraging_ids(history, false), (std::vector<std::int64_t>{0, 1}));
}

TEST(Observations, BlameParametersOnlyForFailuresTheyMayCause) {
  const History history = {{failed_trial(0, FailureClass::non_finite), failed_trial(1, FailureClass::hardware),
                            failed_trial(2, FailureClass::out_of_memory), failed_trial(3, FailureClass::preempted),
                            failed_trial(4, FailureClass::cancelled), failed_trial(5, FailureClass::timeout)}};
  EXPECT_EQ(discouraging_ids(history, true), (std::vector<std::int64_t>{0, 2, 5}));
  EXPECT_TRUE(discouraging_ids(history, false).empty());
  EXPECT_TRUE(observations(history).empty());
}

/// Complete, with one constraint and two objectives.
HistoryTrial two_objectives(std::int64_t id, double first, double second, double violation) {
  HistoryTrial trial = completed_trial(id, {}, first);
  trial.others = {second};
  trial.violations = {violation};
  return trial;
}

TEST(Observations, RankFeasibleTrialsByFrontAndOthersByViolation) {
  const History history = {{two_objectives(0, 0, 0, 2), two_objectives(1, 3, 3, -1), two_objectives(2, 1, 2, 0),
                            two_objectives(3, 0, 0, 1), two_objectives(4, 2, 1, -5)}};
  EXPECT_EQ(ranking(history), (std::vector<std::int64_t>{2, 4, 1, 3, 0}));
}

TEST(Observations, FrontsAreThoseOfTrialsThatReachedAsMuch) {
  History history = {{two_objectives(0, 5, 5, 0), two_objectives(1, 1, 1, 0), two_objectives(2, 6, 6, 0)}};
  history.trials[1].state = TrialState::rested;
  history.trials[1].rungs = {{1, 1, {1}, {0}}};
  EXPECT_EQ(ranking(history), (std::vector<std::int64_t>{0, 2, 1}));
  EXPECT_EQ(observations(history)[1].tier, 0u);
}

TEST(Observations, WithTolerancesObjectivesAreGoalsInTurn) {
  History history = {{two_objectives(0, 10, 9, 0), two_objectives(1, 10.5, 3, 0), two_objectives(2, 12, 0, 0)}};
  history.tolerances = {0.1, 0};
  EXPECT_EQ(ranking(history), (std::vector<std::int64_t>{1, 0, 2}));
}

TEST(Observations, IgnoreTrialsThatTeachNothing) {
  HistoryTrial confirmed = completed_trial(0, {}, 0.1);
  confirmed.teaches = false;
  HistoryTrial running = trial_in(1, TrialState::running, {});
  running.teaches = false;
  EXPECT_TRUE(observations({{confirmed, running}}).empty());
  EXPECT_TRUE(discouraging_ids({{confirmed, running}}, true).empty());
}

TEST(Observations, AtOneBudgetComeFromTheHighestRungWithEnough) {
  History history;
  for (std::int64_t id = 0; id < 6; ++id) {
    std::vector<RungValue> rungs = {{1, 10.0 + static_cast<double>(id)}};
    if (id >= 2) rungs.push_back({3, 20.0 + static_cast<double>(id)});
    if (id >= 5) rungs.push_back({9, 30});
    history.trials.push_back(trial_in(id, TrialState::rested, rungs));
  }
  const auto reached = [&](std::size_t needed) {
    const std::vector<Observation> observed = observations_at_one_budget(history, needed);
    return std::pair(observed.front().reached, observed.size());
  };
  EXPECT_EQ(reached(1), (std::pair<double, std::size_t>(9, 1)));
  EXPECT_EQ(reached(4), (std::pair<double, std::size_t>(3, 4)));
  EXPECT_EQ(reached(7), (std::pair<double, std::size_t>(1, 6)));
  EXPECT_EQ(observations_at_one_budget(history, 4).front().value, 22);
  EXPECT_TRUE(observations_at_one_budget({}, 2).empty());
}

}  // namespace
}  // namespace hone
