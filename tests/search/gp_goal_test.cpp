#include "search/samplers/gp_goal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "search/samplers/gp_sampler.h"
#include "search/trial/hypervolume.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

using Outcome = std::function<void(HistoryTrial& trial, double x, double y)>;

/// Asks and tells in turn over the unit square; `outcome` says how a trial ends.
History played(const ExperimentSpec& spec, int trials, const Outcome& outcome) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1)});
  const GpSampler sampler({}, spec);
  History history;
  for (int id = 0; id < trials; ++id) {
    RandomStream random(static_cast<std::uint64_t>(spec.study.seed), id, "suggest");
    const auto suggestion = sampler.suggest(space, history, id, random);
    HistoryTrial trial;
    trial.id = id;
    trial.params = suggestion->params;
    trial.notes = suggestion->notes;
    trial.state = TrialState::completed;
    outcome(trial, as_number(trial.params.at("x")), as_number(trial.params.at("y")));
    if (trial.value) trial.rungs = {{0, *trial.value, trial.others, trial.violations}};
    history.trials.push_back(std::move(trial));
  }
  return history;
}

ExperimentSpec spec_of(std::int64_t seed, std::size_t objectives = 1) {
  ExperimentSpec spec;
  spec.study.seed = seed;
  spec.objectives.resize(objectives);
  return spec;
}

/// Trials from `first` on for which `holds`.
template <class Holds>
int count_from(const History& history, int first, const Holds& holds) {
  int count = 0;
  for (int id = first; id < std::ssize(history.trials); ++id)
    count += holds(history.trials[static_cast<std::size_t>(id)]);
  return count;
}

TEST(GpGoal, TwoObjectivesCoverTheFront) {
  // Distances from two places: the front lies between them.
  const History history = played(spec_of(1, 2), 30, [](HistoryTrial& trial, double x, double y) {
    trial.value = std::hypot(x - 0.2, y - 0.8);
    trial.others = {std::hypot(x - 0.8, y - 0.3)};
  });
  std::vector<ObjectiveVector> points;
  for (const HistoryTrial& trial : history.trials) points.push_back({*trial.value, trial.others[0]});
  // Every point between the two has values that sum to their distance.
  const double length = std::hypot(0.6, 0.5);
  const double best = 1 - length * length / 2;
  EXPECT_GT(hypervolume(points, {1, 1}), 0.95 * best);
  EXPECT_NE(history.trials.back().notes.find("ehvi"), std::string::npos);
}

TEST(GpGoal, FourObjectivesAreWeighted) {
  const History history = played(spec_of(1, 4), 10, [](HistoryTrial& trial, double x, double y) {
    trial.value = x;
    trial.others = {y, 1 - x, 1 - y};
  });
  EXPECT_NE(history.trials.back().notes.find("parego"), std::string::npos);
}

TEST(GpGoal, AConstraintIsFoundAndKept) {
  // The best value lies where the constraint y ≤ x²/2 is violated most; on its border at x = 1 it is −1.5.
  const History history = played(spec_of(2), 30, [](HistoryTrial& trial, double x, double y) {
    trial.value = -x - y;
    trial.violations = {y - x * x / 2};
  });
  double best = 0;
  for (const HistoryTrial& trial : history.trials) {
    if (trial.violations[0] <= 0) best = std::min(best, *trial.value);
  }
  EXPECT_LT(best, -1.45);
}

TEST(GpGoal, WithoutAFeasibleTrialTheProbabilityLeads) {
  const History history = played(spec_of(3), 25, [](HistoryTrial& trial, double x, double y) {
    trial.value = x + y;
    trial.violations = {std::hypot(x - 0.9, y - 0.85) - 0.05};  // a small disc
  });
  EXPECT_GT(count_from(history, 6, [](const HistoryTrial& trial) { return trial.violations[0] <= 0; }), 3);
}

TEST(GpGoal, AvoidsARegionThatRunsOutOfMemory) {
  // Better and better towards x = 1, but beyond .6 there is no memory.
  const auto dies = [](HistoryTrial& trial, double x, double y) {
    if (x > 0.6) {
      trial.state = TrialState::failed;
      trial.failure = FailureClass::out_of_memory;
    } else {
      trial.value = -x + (y - 0.3) * (y - 0.3);
    }
  };
  // The best value lies on the border, which may cost some trials; far beyond it none should be spent once it is known.
  const auto failed = [](const HistoryTrial& trial) { return as_number(trial.params.at("x")) > 0.65; };
  const int learnt = count_from(played(spec_of(4), 40, dies), 16, failed);
  ExperimentSpec ignoring = spec_of(4);
  ignoring.sampler.failures = "ignore";
  const int ignored = count_from(played(ignoring, 40, dies), 16, failed);
  EXPECT_LE(learnt, 4);
  EXPECT_GE(ignored, 12);
}

TEST(GpGoal, FailuresOfTheMachineTeachNothing) {
  const auto fails_as = [](FailureClass failure) {
    return played(spec_of(5), 12, [=](HistoryTrial& trial, double x, double y) {
      trial.value = std::sin(9 * x) + std::cos(7 * y);
      if (trial.id == 4) {
        trial.state = TrialState::failed;
        trial.failure = failure;
        trial.value.reset();
      }
    });
  };
  const History lost = fails_as(FailureClass::lost);
  EXPECT_EQ(lost.trials.back().params, fails_as(FailureClass::preempted).trials.back().params);
  EXPECT_NE(lost.trials.back().params, fails_as(FailureClass::out_of_memory).trials.back().params);
}

TEST(GpGoal, GoalsInTurnKeepTheEarlierOneWithinItsTolerance) {
  ExperimentSpec spec = spec_of(6, 2);
  const SearchSpace space = space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1)});
  const GpSampler sampler({}, spec);
  History history;
  history.tolerances = {0.1, 0};
  double best = 10;
  for (int id = 0; id < 30; ++id) {
    RandomStream random(6, id, "suggest");
    const auto suggestion = sampler.suggest(space, history, id, random);
    const double x = as_number(suggestion->params.at("x"));
    const double y = as_number(suggestion->params.at("y"));
    HistoryTrial trial = completed_trial(id, suggestion->params, 1 + (x - 0.3) * (x - 0.3));
    trial.notes = suggestion->notes;
    trial.others = {x + y};
    trial.rungs = {{0, *trial.value, trial.others}};
    if (*trial.value <= 1.1) best = std::min(best, x + y);
    history.trials.push_back(std::move(trial));
  }
  EXPECT_LT(best, 0.1);  // x may go down to 0 within the tolerance
}

TEST(GpGoal, EveryThirdProposalExploresWithManyTrialsAtOnce) {
  History history = played(spec_of(3), 10,
                           [](HistoryTrial& trial, double x, double y) { trial.value = std::hypot(x - 0.3, y - 0.6); });
  const SearchSpace space = space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1)});
  const GpSampler sampler({}, spec_of(3));
  for (std::int64_t id = 10; id < 34; ++id) {
    RandomStream random(3, id, "suggest");
    const auto suggestion = sampler.suggest(space, history, id, random);
    const bool explores = id - 10 > 16 && id % 3 == 0;
    EXPECT_EQ(suggestion->notes.find("ucb-pe") != std::string::npos, explores) << id;
    HistoryTrial trial;
    trial.id = id;
    trial.params = suggestion->params;
    trial.notes = suggestion->notes;
    trial.state = TrialState::running;
    history.trials.push_back(std::move(trial));
  }
}

}  // namespace
}  // namespace hone
