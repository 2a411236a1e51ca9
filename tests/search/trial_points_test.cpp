#include "search/samplers/trial_points.h"

#include <gtest/gtest.h>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

SearchSpace space_of_three() {
  return space_of({float_parameter("x", 0, 10), ordinal_parameter("k", {1.0, 2.0, 4.0}),
                   when(float_parameter("a", 0, 1), "k == 4.0")});
}

std::vector<const HistoryTrial*> all_of(const History& history) {
  std::vector<const HistoryTrial*> trials;
  for (const HistoryTrial& trial : history.trials) trials.push_back(&trial);
  return trials;
}

TEST(TrialPoints, HoldUnitsAndLevelsByParameter) {
  History history;
  history.trials.push_back(completed_trial(0, {{"x", 2.5}, {"k", 4.0}, {"a", 0.5}}, 0));
  history.trials.push_back(completed_trial(1, {{"x", 5.0}, {"k", 1.0}}, 0));
  EXPECT_EQ(TrialPoints().columns(space_of_three(), {}, all_of(history)),
            (TrialPoints::Columns{{0.25, 0.5}, {2, 0}, {0.5, TrialPoints::kAbsent}}));
}

TEST(TrialPoints, LeaveOutTrialsOfAnotherSpace) {
  History history;
  history.trials.push_back(completed_trial(0, {{"k", 4.0}, {"a", 0.5}}, 0));
  history.trials.push_back(completed_trial(1, {{"x", 5.0}, {"k", 3.0}}, 0));
  history.trials.push_back(completed_trial(2, {{"x", 5.0}, {"k", 2.0}, {"dropped", 1.0}}, 0));
  EXPECT_EQ(TrialPoints().columns(space_of_three(), {}, all_of(history)),
            (TrialPoints::Columns{{0.5}, {1}, {TrialPoints::kAbsent}}));
}

TEST(TrialPoints, RememberNothingButOfOneGeneration) {
  const SearchSpace space = space_of({float_parameter("x", 0, 10)});
  History history;
  history.trials.push_back(completed_trial(0, {{"x", 2.5}}, 0));
  TrialPoints points;
  const auto x = [&] { return points.columns(space, history.generation, all_of(history)).at(0).at(0); };
  EXPECT_EQ(x(), 0.25);
  history.trials[0].params["x"] = 5.0;
  EXPECT_EQ(x(), 0.5);
  history.generation = 0;
  EXPECT_EQ(x(), 0.5);
  history.generation = 1;
  history.trials[0].params["x"] = 7.5;
  EXPECT_EQ(x(), 0.75);
}

}  // namespace
}  // namespace hone
