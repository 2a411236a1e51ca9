#include "search/samplers/cmaes_sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/samplers/random_sampler.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

ExperimentSpec spec_with_seed(std::uint64_t seed) {
  ExperimentSpec spec;
  spec.study.seed = static_cast<std::int64_t>(seed);
  return spec;
}

std::unique_ptr<Sampler> make(std::uint64_t seed) {
  return std::make_unique<CmaesSampler>(CmaesOptions{}, spec_with_seed(seed));
}

double best_of(const History& history) {
  double best = std::numeric_limits<double>::infinity();
  for (const HistoryTrial& trial : history.trials) best = std::min(best, *trial.value);
  return best;
}

Suggestion ask(const Sampler& sampler, const SearchSpace& space, const History& history, std::int64_t next) {
  RandomStream random(1, next, "sampler");
  return *sampler.suggest(space, history, next, random);
}

Problem shifted_bowl(std::size_t dimensions) {
  std::vector<ParameterSpec> cube;
  for (std::size_t i = 0; i < dimensions; ++i) cube.push_back(float_parameter("x" + std::to_string(i), -5, 5));
  return {"bowl", space_of(cube), [](const Params& params) {
            double sum = 0;
            for (const auto& [name, value] : params) sum += std::pow(as_number(value) - 1.7, 2);
            return sum;
          }};
}

TEST(CmaesSampler, IsSound) { expect_sound(make); }

TEST(CmaesSampler, BeatsRandom) {
  const auto random = [](std::uint64_t) { return std::make_unique<RandomSampler>(true); };
  for (const Problem& problem : problems()) {
    EXPECT_LT(median_best(make, problem, 100, 15), median_best(random, problem, 100, 15)) << problem.name;
  }
}

TEST(CmaesSampler, ConvergesInABox) { EXPECT_LT(best_of(run_trials(*make(1), shifted_bowl(5), 900, 1)), 1e-8); }

TEST(CmaesSampler, FindsTheBestIntegersThanksToTheMargin) {
  std::vector<ParameterSpec> parameters;
  for (int i = 0; i < 4; ++i) parameters.push_back(int_parameter("n" + std::to_string(i), -10, 10));
  for (int i = 0; i < 4; ++i) parameters.push_back(float_parameter("x" + std::to_string(i), -10, 10));
  // Integers that matter little at first: without a margin they would have set by the time they count.
  const Problem problem = {"mixed", space_of(parameters), [](const Params& params) {
                             double sum = 0;
                             for (const auto& [name, value] : params) {
                               sum += (name[0] == 'x' ? 1000 : 1) * std::pow(as_number(value) - 3, 2);
                             }
                             return sum;
                           }};
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    EXPECT_LT(best_of(run_trials(*make(seed), problem, 2000, seed)), 1e-6) << seed;
  }
}

TEST(CmaesSampler, AnswersTheSameWithAndWithoutWhatItRemembers) {
  const Problem problem = shifted_bowl(3);
  const auto remembers = make(1);
  const History history = run_trials(*remembers, problem, 300, 1);
  for (const std::size_t size : {300u, 299u, 150u, 41u, 0u, 300u}) {
    History prefix = history;
    prefix.trials.resize(size);
    const auto next = static_cast<std::int64_t>(size);
    EXPECT_EQ(ask(*remembers, problem.space, prefix, next).params, ask(*make(1), problem.space, prefix, next).params);
    if (size < 300) {
      EXPECT_EQ(ask(*make(1), problem.space, prefix, next).params, history.trials[size].params);
      EXPECT_EQ(ask(*make(1), problem.space, prefix, next).notes, history.trials[size].notes);
    }
  }
}

TEST(CmaesSampler, DrawsOnFromAGenerationWhoseResultsAreOut) {
  const Problem problem = shifted_bowl(3);
  const auto sampler = make(1);
  History history;
  for (std::int64_t id = 0; id < 30; ++id) {
    const Suggestion suggestion = ask(*sampler, problem.space, history, id);
    HistoryTrial trial;
    trial.id = id;
    trial.params = suggestion.params;
    trial.notes = suggestion.notes;
    trial.state = TrialState::running;
    history.trials.push_back(trial);
    EXPECT_EQ(cmaes_note_in(suggestion.notes)->generation, 0);
  }
}

TEST(CmaesSampler, LetsLateResultsChangeNothingThatHasBeen) {
  const Problem problem = shifted_bowl(3);
  const auto sampler = make(1);
  History history;
  const auto add = [&](bool answered) {
    const auto id = static_cast<std::int64_t>(history.trials.size());
    const Suggestion suggestion = ask(*sampler, problem.space, history, id);
    HistoryTrial trial = completed_trial(id, suggestion.params, problem.value(suggestion.params));
    trial.notes = suggestion.notes;
    if (!answered) {
      trial.state = TrialState::running;
      trial.value.reset();
      trial.curve.clear();
      trial.rungs.clear();
    }
    history.trials.push_back(trial);
  };
  add(false);
  for (int i = 0; i < 40; ++i) add(true);
  const Suggestion before = ask(*make(1), problem.space, history, 41);
  HistoryTrial& late = history.trials.front();
  const std::string notes = late.notes;
  late = completed_trial(0, late.params, -100);
  late.notes = notes;
  EXPECT_EQ(ask(*make(1), problem.space, history, 41).params, before.params);
}

TEST(CmaesSampler, CountsFailedTrialsAsWorst) {
  const Problem problem = shifted_bowl(2);
  const auto sampler = make(1);
  History history;
  for (std::int64_t id = 0; id < 120; ++id) {
    const Suggestion suggestion = ask(*sampler, problem.space, history, id);
    HistoryTrial trial = completed_trial(id, suggestion.params, problem.value(suggestion.params));
    trial.notes = suggestion.notes;
    if (as_number(suggestion.params.at("x0")) < 0) {
      trial.state = TrialState::failed;
      trial.failure = FailureClass::out_of_memory;
      trial.value.reset();
      trial.curve.clear();
      trial.rungs.clear();
    }
    history.trials.push_back(trial);
  }
  const auto failures = [&](std::size_t from, std::size_t to) {
    return std::count_if(history.trials.begin() + static_cast<std::ptrdiff_t>(from),
                         history.trials.begin() + static_cast<std::ptrdiff_t>(to),
                         [](const HistoryTrial& trial) { return trial.state == TrialState::failed; });
  };
  EXPECT_GT(failures(0, 24), 0);
  EXPECT_EQ(failures(60, 120), 0);
}

TEST(CmaesSampler, StartsWarmFromTheBestTenthOfEarlierTrials) {
  const Problem problem = shifted_bowl(4);
  ExperimentSpec spec = spec_with_seed(1);
  spec.sampler.initial = 100;
  const CmaesSampler sampler({}, spec);
  const History history = run_trials(sampler, problem, 140, 1);
  const auto note = cmaes_note_in(history.trials[100].notes);
  ASSERT_TRUE(note && note->parents);
  EXPECT_EQ(note->parents->size(), 10u);
  double cold = 0;
  double warm = 0;
  const History from_middle = run_trials(*make(1), problem, 40, 1);
  for (std::size_t i = 0; i < 40; ++i) {
    cold += *from_middle.trials[i].value;
    warm += *history.trials[100 + i].value;
  }
  EXPECT_LT(warm, cold);
}

TEST(CmaesSampler, StartsAgainWithMoreTrialsAGenerationWhenItHasConverged) {
  CmaesOptions options;
  options.restarts = "ipop";
  const Problem problem = {"flat", space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1)}),
                           [](const Params&) { return 1.0; }};
  const History history = run_trials(CmaesSampler(options, spec_with_seed(1)), problem, 400, 1);
  std::int64_t population = 0;
  std::int64_t runs = 0;
  for (const HistoryTrial& trial : history.trials) {
    const auto note = cmaes_note_in(trial.notes);
    if (!note || !note->start) continue;
    EXPECT_GT(note->start->population, population);
    population = note->start->population;
    ++runs;
  }
  EXPECT_GE(runs, 2);
}

}  // namespace
}  // namespace hone
