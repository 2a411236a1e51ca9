#include "search/simulate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.h"
#include "search/pool_sampler.h"
#include "search/samplers/random_sampler.h"
#include "tests/search/simulation.h"

namespace hone {
namespace {

/// 60 configurations of the plane on curves of 27 steps: the ranking shows early, the end is (x − 0.3)² + (y + 0.2)².
std::vector<Trial> made_up_trials(std::size_t count = 60) {
  const SimulatedProblem problem = bowl();
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < count; ++i) {
    RandomStream random(3, static_cast<std::int64_t>(i), "made up");
    Trial trial;
    trial.id = static_cast<std::int64_t>(i);
    trial.state = TrialState::completed;
    trial.params = {{"x", random.uniform(-1, 1)}, {"y", random.uniform(-1, 1)}};
    for (int step = 1; step <= 27; ++step)
      trial.curve.push_back({step * 1.0, {{"loss", problem.value(trial.params, step)}}});
    trials.push_back(std::move(trial));
  }
  return trials;
}

ExperimentSpec curve_spec() {
  ExperimentSpec spec = plane_spec(10);
  spec.fidelity.min = 1;
  spec.fidelity.max = 27;
  return spec;
}

const std::vector<double> kShares = {0.25, 0.5, 1};

TEST(SimulatedSearches, IsRepeatableBitForBit) {
  const Simulation simulation(curve_spec(), made_up_trials(200), 10);
  const SimulationSetting setting = {"asha", "tpe", 4};
  const std::vector<double> shares = {0.1, 0.2, 0.4, 1};
  EXPECT_EQ(simulation.regrets(setting, shares, 2), simulation.regrets(setting, shares, 2));
  EXPECT_NE(simulation.regrets(setting, shares, 2), simulation.regrets(setting, shares, 3));
}

TEST(SimulatedSearches, AshaComesCloserToTheOptimumThanWholeTrials) {
  const Simulation simulation(curve_spec(), made_up_trials(), 12);
  const auto asha = simulation.run({"asha", "random", 1}, kShares, 10);
  const auto none = simulation.run({"none", "random", 1}, kShares, 10);
  EXPECT_LT(asha.back().regret.mean + asha.back().regret.half_width, none.back().regret.mean);
}

TEST(SimulatedSearches, FindsTheBestOnceThePoolIsUsedUp) {
  const Simulation simulation(curve_spec(), made_up_trials(), 60);
  const auto result = simulation.run({"none", "random", 4}, {0.1, 1}, 10);
  EXPECT_GT(result.front().regret.mean, 0);
  EXPECT_NEAR(result.back().regret.mean, 0, 1e-12);
  EXPECT_NEAR(result.back().regret.half_width, 0, 1e-12);
}

TEST(SimulatedSearches, RegretOfAMaximisedObjectiveIsTheSame) {
  std::vector<Trial> trials = made_up_trials();
  for (Trial& trial : trials) {
    for (TrialReport& report : trial.curve) report.metrics["loss"] *= -1;
  }
  ExperimentSpec maximised = curve_spec();
  maximised.objectives.front().goal = Goal::maximize;
  const Simulation one(curve_spec(), made_up_trials(), 0);
  const Simulation other(maximised, trials, 0);
  EXPECT_EQ(one.best(), -other.best());
  EXPECT_EQ(one.regrets({"asha", "random", 4}, kShares, 0), other.regrets({"asha", "random", 4}, kShares, 0));
}

TEST(SimulatedSearches, CountsRecordedSecondsWhenAllTrialsHaveThem) {
  std::vector<Trial> trials = made_up_trials();
  EXPECT_EQ(Simulation(curve_spec(), trials, 10).slot_seconds(), 270);
  for (Trial& trial : trials) trial.seconds = 54;
  EXPECT_EQ(Simulation(curve_spec(), trials, 10).slot_seconds(), 540);
}

TEST(SimulatedSearches, AFailedRunFailsAgainAndTheSearchGoesOn) {
  std::vector<Trial> trials = made_up_trials();
  for (std::size_t i = 0; i < 50; ++i) {
    trials[i].state = TrialState::failed;
    trials[i].failure = FailureClass::non_finite;
    trials[i].curve.resize(i % 2);
  }
  const Simulation simulation(curve_spec(), trials, 60);
  EXPECT_NEAR(simulation.regrets({"none", "random", 1}, {1}, 0).front(), 0, 1e-12);
}

TEST(SimulatedSearches, RefusesRungsWithoutFidelity) {
  ExperimentSpec spec = curve_spec();
  spec.fidelity = {};
  const Simulation simulation(spec, made_up_trials(), 0);
  EXPECT_THROW(simulation.check({"asha", "random", 1}), Error);
  EXPECT_NO_THROW(simulation.check({"auto", "random", 1}));
  EXPECT_EQ(simulation.slot_seconds(), 15 * 27);
}

TEST(SimulatedSearches, RefusesAStudyWithTooFewTrials) {
  EXPECT_THROW(Simulation(curve_spec(), made_up_trials(2), 0), Error);
}

TEST(RecordedPool, HoldsTheLastValueOfARunThatEndedEarly) {
  std::vector<Trial> trials = made_up_trials(3);
  trials[1].curve.resize(3);
  const RecordedPool pool(SearchSpace(curve_spec(), {}), trials, "loss", 27);
  EXPECT_EQ(pool.cut(), 1);
  EXPECT_EQ(pool.value(pool.runs()[1], 9), pool.value(pool.runs()[1], 3));
}

TEST(RecordedPool, LeavesOutWhatIsNotInTheSpace) {
  std::vector<Trial> trials = made_up_trials(4);
  trials[2].params["x"] = 7.0;
  const RecordedPool pool(SearchSpace(curve_spec(), {}), trials, "loss", 27);
  EXPECT_EQ(pool.outside(), 1);
  EXPECT_EQ(pool.runs().size(), 3u);
}

TEST(PoolSampler, AnswersWithTheNearestUnusedConfiguration) {
  const SearchSpace space(curve_spec(), {});
  std::vector<Trial> trials = made_up_trials(3);
  trials[0].params = {{"x", 0.9}, {"y", 0.9}};
  trials[1].params = {{"x", 0.1}, {"y", 0.0}};
  trials[2].params = {{"x", -0.2}, {"y", 0.0}};
  const RecordedPool pool(space, trials, "loss", 27);
  const PoolSampler sampler(std::make_unique<RandomSampler>(true), pool, Params{{"x", 0.0}, {"y", 0.0}});
  History history;
  RandomStream random(1, 0, "suggest");
  EXPECT_EQ(sampler.suggest(space, history, 0, random)->params, trials[1].params);
  history.trials.emplace_back().params = trials[1].params;
  EXPECT_EQ(sampler.suggest(space, history, 0, random)->params, trials[2].params);
  history.trials.emplace_back().params = trials[2].params;
  history.trials.emplace_back().params = trials[0].params;
  EXPECT_FALSE(sampler.suggest(space, history, 0, random));
}

}  // namespace
}  // namespace hone
