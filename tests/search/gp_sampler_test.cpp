#include "search/samplers/gp_sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "search/samplers/random_sampler.h"
#include "search/samplers/sobol_sequence.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

std::unique_ptr<Sampler> make(std::uint64_t seed) {
  ExperimentSpec spec;
  spec.study.seed = static_cast<std::int64_t>(seed);
  return std::make_unique<GpSampler>(GpOptions{}, spec);
}

std::string arm_of(const Suggestion& suggestion) { return nlohmann::json::parse(suggestion.notes).at("arm"); }

Suggestion suggested(const SearchSpace& space, const History& history, std::uint64_t seed) {
  const auto next = static_cast<std::int64_t>(history.trials.size());
  RandomStream random(seed, next, "sampler");
  return *make(seed)->suggest(space, history, next, random);
}

double suggested_x(const SearchSpace& space, const History& history, std::uint64_t seed) {
  return as_number(suggested(space, history, seed).params.at("x"));
}

HistoryTrial without_value(HistoryTrial trial, TrialState state) {
  trial.state = state;
  trial.value.reset();
  trial.curve.clear();
  trial.rungs.clear();
  return trial;
}

TEST(GpSampler, IsSound) { expect_sound(make); }

TEST(GpSampler, BeatsRandom) {
  const auto random = [](std::uint64_t) { return std::make_unique<RandomSampler>(true); };
  for (const Problem& problem : problems()) {
    EXPECT_LT(median_best(make, problem, 30, 5), median_best(random, problem, 30, 5)) << problem.name;
  }
}

TEST(GpSampler, FindsTheOptimumOfASmoothFunction) {
  // Random search is at .2 after a hundred trials.
  EXPECT_LT(median_best(make, problems().front(), 50, 5), 1e-3);
}

TEST(GpSampler, StartsWithSobolPoints) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1)});
  const Problem problem = {"line", space, [](const Params& params) { return as_number(params.at("x")); }};
  const History history = run_trials(*make(4), problem, 6, 4);
  for (std::uint32_t i = 0; i < 5; ++i) {
    EXPECT_EQ(history.trials[i].params, space.decode(SobolSequence(2, 4).point(i))) << i;
  }
  EXPECT_NE(history.trials[5].notes, R"({"arm":"sobol"})");
}

TEST(GpSampler, StartsWithAsManyPointsAsTheBudgetAllows) {
  ExperimentSpec spec;
  spec.budget.trials = 20;
  const SearchSpace space = problems()[1].space;
  const History history = run_trials(GpSampler({}, spec), problems()[1], 6, 0);
  EXPECT_EQ(history.trials[3].notes, R"({"arm":"sobol"})");
  EXPECT_NE(history.trials[4].notes, R"({"arm":"sobol"})");
}

TEST(GpSampler, GoesOnWithSobolWhileNothingHasEnded) {
  History history = run_trials(*make(1), problems().front(), 12, 1);
  for (HistoryTrial& trial : history.trials) trial = without_value(trial, TrialState::running);
  EXPECT_EQ(arm_of(suggested(problems().front().space, history, 1)), "sobol");
}

TEST(GpSampler, KeepsAwayFromWhatRuns) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  History history;
  for (std::int64_t id = 0; id < 6; ++id) {
    const double x = (static_cast<double>(id) + 0.5) / 6;
    history.trials.push_back(completed_trial(id, {{"x", x}}, std::sin(9 * x)));
  }
  const double first = suggested_x(space, history, 1);
  HistoryTrial pending = without_value(completed_trial(6, {{"x", first}}, 0), TrialState::running);
  history.trials.push_back(pending);
  EXPECT_GT(std::abs(suggested_x(space, history, 1) - first), 1e-3);
}

TEST(GpSampler, LearnsFromTheHighestRungWithEnoughValues) {
  // At the low rung 0.8 looks best, at the high one 0.2.
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  History history;
  for (std::int64_t id = 0; id < 20; ++id) {
    const double x = (static_cast<double>(id) + 0.5) / 20;
    HistoryTrial trial = completed_trial(id, {{"x", x}}, std::abs(x - 0.8));
    trial.state = TrialState::rested;
    trial.rungs = {{1, std::abs(x - 0.8)}};
    if (id % 3 == 0) trial.rungs.push_back({3, std::abs(x - 0.2)});
    trial.curve = trial.rungs;
    trial.value = trial.rungs.back().value;
    history.trials.push_back(trial);
  }
  EXPECT_NEAR(suggested_x(space, history, 1), 0.2, 0.1);
}

TEST(GpSampler, LearnsFromLowRungsWhereNothingWentFurther) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  History history;
  for (std::int64_t id = 0; id < 20; ++id) {
    const double x = (static_cast<double>(id) + 0.5) / 20;
    HistoryTrial trial = completed_trial(id, {{"x", x}}, std::abs(x - 0.6));
    trial.state = TrialState::rested;
    trial.rungs = {{1, *trial.value}};
    history.trials.push_back(trial);
  }
  EXPECT_NEAR(suggested_x(space, history, 1), 0.6, 0.1);
}

TEST(GpSampler, IgnoresFailedTrials) {
  const Problem problem = problems().front();
  History history = run_trials(*make(2), problem, 20, 2);
  const Params before = suggested(problem.space, history, 2).params;
  HistoryTrial failed = without_value(completed_trial(20, {{"x", 9.5}, {"y", 14.5}}, 0), TrialState::failed);
  history.trials.push_back(failed);
  RandomStream random(2, 20, "sampler");
  EXPECT_EQ(make(2)->suggest(problem.space, history, 20, random)->params, before);
}

TEST(GpSampler, AffineChangesOfTheObjectiveChangeLittle) {
  // Rounding only: the values are standardised before anything looks at them.
  const Problem problem = problems().front();
  const History history = run_trials(*make(3), problem, 30, 3);
  History stretched = history;
  for (HistoryTrial& trial : stretched.trials) {
    trial.value = 1024 * *trial.value;
    trial.rungs.back().value = *trial.value;
  }
  const Params a = suggested(problem.space, history, 3).params;
  const Params b = suggested(problem.space, stretched, 3).params;
  for (const auto& [name, value] : a) EXPECT_NEAR(as_number(value), as_number(b.at(name)), 1e-3) << name;
}

TEST(GpSampler, KeepsItsFactsInTheNotes) {
  const Problem problem = problems().front();
  const History history = run_trials(*make(1), problem, 60, 1);
  const auto notes = nlohmann::json::parse(history.trials.back().notes);
  EXPECT_EQ(notes.at("arm"), "gp");
  const auto& model = notes.at("models").at(0);
  EXPECT_EQ(model.at("lengths").size(), 2u);
  // Beyond 50 observations a fit serves for three tells.
  EXPECT_GE(model.at("fitted").get<int>(), 57);
  EXPECT_EQ(model.at("warped"), 50);
}

TEST(GpSampler, WarpsByADeclaredBoundFromTheStart) {
  ExperimentSpec spec;
  ObjectiveSpec accuracy;
  accuracy.metric = "accuracy";
  accuracy.goal = Goal::maximize;
  accuracy.bounds = {0.0, 1.0};
  spec.objectives = {accuracy};
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  const Problem problem = {"accuracy", space,
                           [](const Params& params) { return -std::exp(-std::abs(as_number(params.at("x")) - 0.3)); }};
  const History history = run_trials(GpSampler({}, spec), problem, 10, 1);
  EXPECT_EQ(nlohmann::json::parse(history.trials.back().notes).at("models").at(0).at("warp"), "log-bound");
}

TEST(GpSampler, IsAFunctionOfHistoryAndStream) {
  const Problem problem = problems().back();
  const History history = run_trials(*make(1), problem, 30, 1);
  const Suggestion once = suggested(problem.space, history, 1);
  const Suggestion again = suggested(problem.space, history, 1);
  EXPECT_EQ(once.params, again.params);
  EXPECT_EQ(once.notes, again.notes);
}

}  // namespace
}  // namespace hone
