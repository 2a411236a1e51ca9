#include "search/samplers/tpe_sampler.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "search/samplers/random_sampler.h"
#include "search/samplers/sobol_sequence.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

std::unique_ptr<Sampler> make(std::uint64_t seed) {
  return std::make_unique<TpeSampler>(TpeOptions{}, SamplerSpec{}, seed);
}

/// A history of completed trials at these places of [0, 1], best nearest to 0.2.
History line_history(const SearchSpace& space, int trials) {
  History history;
  for (std::int64_t id = 0; id < trials; ++id) {
    const double x = SobolSequence(1, 9).point(static_cast<std::uint32_t>(id))[0];
    history.trials.push_back(completed_trial(id, space.decode(std::vector<double>{x}), std::abs(x - 0.2)));
  }
  return history;
}

double suggested_x(const SearchSpace& space, const History& history, std::uint64_t seed) {
  const auto next = static_cast<std::int64_t>(history.trials.size());
  RandomStream random(seed, next, "sampler");
  return as_number(make(seed)->suggest(space, history, next, random)->params.at("x"));
}

TEST(TpeSampler, IsSound) { expect_sound(make); }

TEST(TpeSampler, BeatsRandom) {
  const auto random = [](std::uint64_t) { return std::make_unique<RandomSampler>(true); };
  for (const Problem& problem : problems()) {
    EXPECT_LT(median_best(make, problem, 50, 21), median_best(random, problem, 50, 21)) << problem.name;
  }
}

TEST(TpeSampler, StartsWithTenSobolPoints) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1)});
  const Problem problem = {"bowl", space, [](const Params& params) { return as_number(params.at("x")); }};
  const History history = run_trials(*make(4), problem, 11, 4);
  for (std::uint32_t i = 0; i < 10; ++i) {
    EXPECT_EQ(history.trials[i].params, space.decode(SobolSequence(2, 4).point(i))) << i;
  }
  EXPECT_NE(history.trials[10].params, space.decode(SobolSequence(2, 4).point(10)));
}

TEST(TpeSampler, StartsWithAsManyPointsAsAskedFor) {
  SamplerSpec spec;
  spec.initial = 3;
  const TpeSampler sampler({}, spec, 4);
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  const History history = line_history(space, 3);
  RandomStream random(4, 3, "sampler");
  EXPECT_EQ(sampler.suggest(space, history, 3, random)->notes, R"({"arm":"tpe"})");
  EXPECT_EQ(sampler.suggest(space, history, 2, random)->notes, R"({"arm":"sobol"})");
}

TEST(TpeSampler, GoesOnWithSobolWhileNothingHasEnded) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  History history = line_history(space, 30);
  for (HistoryTrial& trial : history.trials) {
    trial.state = TrialState::running;
    trial.value.reset();
    trial.curve.clear();
    trial.rungs.clear();
  }
  RandomStream random(4, 30, "sampler");
  EXPECT_EQ(make(4)->suggest(space, history, 30, random)->notes, R"({"arm":"sobol"})");
}

TEST(TpeSampler, ProposesWhereTrialsWereGood) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  const History history = line_history(space, 40);
  for (std::uint64_t seed = 0; seed < 20; ++seed) EXPECT_NEAR(suggested_x(space, history, seed), 0.2, 0.15) << seed;
}

TEST(TpeSampler, KeepsAwayFromTrialsThatRunOrFailed) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  for (const TrialState state : {TrialState::running, TrialState::failed}) {
    // Good at both ends; then a crowd without an answer at the lower end.
    History history;
    for (std::int64_t id = 0; id < 20; ++id) {
      const double x = static_cast<double>(id) / 19;
      history.trials.push_back(completed_trial(id, {{"x", x}}, std::min(x, 1 - x)));
    }
    for (std::int64_t id = 20; id < 30; ++id) {
      HistoryTrial trial;
      trial.id = id;
      trial.params = {{"x", 0.002 * static_cast<double>(id - 19)}};
      trial.state = state;
      trial.failure = state == TrialState::failed ? FailureClass::non_finite : FailureClass::none;
      history.trials.push_back(trial);
    }
    for (std::uint64_t seed = 0; seed < 20; ++seed) EXPECT_GT(suggested_x(space, history, seed), 0.5) << seed;
  }
}

TEST(TpeSampler, TrustsTheHigherRung) {
  // At the low rung 0.8 looks best, but what was promoted there lost to what was promoted at 0.2.
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  History history;
  for (std::int64_t id = 0; id < 30; ++id) {
    const double x = (static_cast<double>(id) + 0.5) / 30;
    HistoryTrial trial = completed_trial(id, {{"x", x}}, std::abs(x - 0.8));
    trial.state = TrialState::rested;
    trial.rungs = {{1, *trial.value}};
    if (id >= 5 && id <= 7) {
      trial.rungs.push_back({3, 0.1});
      trial.value = 0.1;
    }
    trial.curve = trial.rungs;
    history.trials.push_back(trial);
  }
  for (std::uint64_t seed = 0; seed < 20; ++seed) EXPECT_NEAR(suggested_x(space, history, seed), 0.2, 0.15) << seed;
}

TEST(TpeSampler, ModelsABranchFromTheTrialsThatTookIt) {
  const SearchSpace space =
      space_of({categorical_parameter("kind", {"a", "b"}), when(float_parameter("xa", 0, 1), "kind == 'a'"),
                when(float_parameter("xb", 0, 1), "kind == 'b'")});
  const Problem problem = {"branches", space, [](const Params& params) {
                             return params.count("xa") ? 1 + std::abs(as_number(params.at("xa")) - 0.5)
                                                       : std::abs(as_number(params.at("xb")) - 0.9);
                           }};
  const History history = run_trials(*make(2), problem, 60, 2);
  const auto& last = history.trials;
  const auto good =
      std::count_if(last.end() - 20, last.end(), [](const HistoryTrial& trial) { return *trial.value < 0.2; });
  EXPECT_GE(good, 14);
}

TEST(TpeSampler, ModelsALongHistoryByItsBestAndLatestTrials) {
  // What lies between the best 250 and the latest 750 may be anywhere: the suggestion is the same.
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  const History history = line_history(space, 2000);
  std::vector<const HistoryTrial*> by_value;
  for (const HistoryTrial& trial : history.trials) by_value.push_back(&trial);
  std::sort(by_value.begin(), by_value.end(),
            [](const HistoryTrial* a, const HistoryTrial* b) { return *a->value < *b->value; });
  std::vector<bool> is_best(history.trials.size());
  for (std::size_t i = 0; i < 250; ++i) is_best[static_cast<std::size_t>(by_value[i]->id)] = true;
  History moved = history;
  std::size_t latest = 0;
  for (std::size_t id = moved.trials.size(); id-- > 0;) {
    if (is_best[id] || latest++ < 750) continue;
    moved.trials[id].params["x"] = 0.75;
  }
  EXPECT_EQ(suggested_x(space, history, 1), suggested_x(space, moved, 1));
  // The latest count: with all of them where the best are, another candidate wins.
  for (std::size_t id = 1250; id < moved.trials.size(); ++id) {
    if (!is_best[id]) moved.trials[id].params["x"] = 0.2 + 1e-5 * static_cast<double>(id % 100);
  }
  EXPECT_NE(suggested_x(space, history, 1), suggested_x(space, moved, 1));
}

TEST(TpeSampler, IsAFunctionOfHistoryAndStream) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  const History history = line_history(space, 30);
  EXPECT_EQ(suggested_x(space, history, 1), suggested_x(space, history, 1));
  EXPECT_NE(suggested_x(space, history, 1), suggested_x(space, history, 2));
}

TEST(TpeSampler, SeesOnlyTheOrderOfValues) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  const History history = line_history(space, 30);
  History stretched = history;
  for (HistoryTrial& trial : stretched.trials) {
    trial.value = 1000 * *trial.value - 7;
    trial.rungs.back().value = *trial.value;
  }
  EXPECT_EQ(suggested_x(space, history, 1), suggested_x(space, stretched, 1));
}

}  // namespace
}  // namespace hone
