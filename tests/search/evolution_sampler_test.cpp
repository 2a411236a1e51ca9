#include "search/samplers/evolution_sampler.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "search/samplers/random_sampler.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

std::unique_ptr<Sampler> make(std::uint64_t seed) {
  return std::make_unique<EvolutionSampler>(EvolutionOptions{}, SamplerSpec{}, seed);
}

std::int64_t parent_of(const Suggestion& suggestion) { return nlohmann::json::parse(suggestion.notes).at("parent"); }

TEST(EvolutionSampler, IsSound) { expect_sound(make); }

TEST(EvolutionSampler, BeatsRandom) {
  const auto random = [](std::uint64_t) { return std::make_unique<RandomSampler>(true); };
  for (const Problem& problem : problems()) {
    EXPECT_LT(median_best(make, problem, 80, 21), median_best(random, problem, 80, 21)) << problem.name;
  }
}

TEST(EvolutionSampler, MutatesOneParameterOfItsParent) {
  const Problem problem = problems().back();
  const History history = run_trials(*make(1), problem, 60, 1);
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    RandomStream random(seed, 60, "sampler");
    const auto child = make(seed)->suggest(problem.space, history, 60, random);
    const Params& parent = history.trials[static_cast<std::size_t>(parent_of(*child))].params;
    int different = 0;
    for (const auto& [name, value] : child->params) {
      // The momentum appears with the optimizer.
      const auto before = parent.find(name);
      if (name == "momentum" && before == parent.end()) continue;
      // Continuous values come back from the unit interval with a rounding error.
      const SearchSpace& space = problem.space;
      const Params kept = {{name, value}};
      const auto now = space.encode(kept);
      const auto then = space.encode({{name, before->second}});
      for (std::size_t i = 0; i < space.size(); ++i) {
        if (now[i] && std::abs(*now[i] - *then[i]) > 1e-12) ++different;
      }
    }
    EXPECT_EQ(different, 1) << seed;
  }
}

TEST(EvolutionSampler, LetsTheOldestDie) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  // The oldest trials are the best; a population of ten has forgotten them.
  History history;
  for (std::int64_t id = 0; id < 40; ++id) {
    history.trials.push_back(completed_trial(id, {{"x", static_cast<double>(id) / 40}}, static_cast<double>(id)));
  }
  const EvolutionSampler sampler({.population = 10, .tournament = 100}, {}, 1);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    RandomStream random(seed, 40, "sampler");
    // A hundred draws from ten members miss the best of them once in 40,000.
    EXPECT_EQ(parent_of(*sampler.suggest(space, history, 40, random)), 30);
  }
}

TEST(EvolutionSampler, StartsWithSobolPoints) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  const Problem problem = {"line", space, [](const Params& params) { return as_number(params.at("x")); }};
  const EvolutionSampler sampler({.population = 6, .tournament = 2}, {}, 1);
  const History history = run_trials(sampler, problem, 6, 1);
  RandomStream random(1, 5, "sampler");
  EXPECT_EQ(sampler.suggest(space, history, 5, random)->notes, R"({"arm":"sobol"})");
  EXPECT_NE(sampler.suggest(space, history, 6, random)->notes, R"({"arm":"sobol"})");
  EXPECT_EQ(sampler.suggest(space, {}, 9, random)->notes, R"({"arm":"sobol"})");
}

}  // namespace
}  // namespace hone
