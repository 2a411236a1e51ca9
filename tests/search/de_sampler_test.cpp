#include "search/samplers/de_sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/samplers/random_sampler.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

DeOptions options_of(const std::string& variant) {
  DeOptions options;
  options.variant = variant;
  return options;
}

auto maker(const std::string& variant) {
  return [variant](std::uint64_t seed) {
    return std::unique_ptr<Sampler>(std::make_unique<DeSampler>(options_of(variant), SamplerSpec{}, seed));
  };
}

TEST(DeSampler, IsSound) {
  for (const char* variant : {"jade", "rand1bin"}) expect_sound(maker(variant));
}

TEST(DeSampler, BeatsRandom) {
  const auto random = [](std::uint64_t) { return std::make_unique<RandomSampler>(true); };
  for (const char* variant : {"jade", "rand1bin"}) {
    for (const Problem& problem : problems()) {
      EXPECT_LT(median_best(maker(variant), problem, 200, 15), median_best(random, problem, 200, 15))
          << variant << " " << problem.name;
    }
  }
}

TEST(DeSampler, ConvergesOnASphere) {
  std::vector<ParameterSpec> cube;
  for (int i = 0; i < 3; ++i) cube.push_back(float_parameter("x" + std::to_string(i), -5, 5));
  const Problem problem = {"sphere", space_of(cube), [](const Params& params) {
                             double sum = 0;
                             for (const auto& [name, value] : params) sum += std::pow(as_number(value) - 1.7, 2);
                             return sum;
                           }};
  for (const char* variant : {"jade", "rand1bin"}) {
    const History history = run_trials(*maker(variant)(1), problem, 1200, 1);
    double best = std::numeric_limits<double>::infinity();
    for (const HistoryTrial& trial : history.trials) best = std::min(best, *trial.value);
    EXPECT_LT(best, 1e-5) << variant;
  }
}

TEST(DePopulation, GivesAPlaceToTheBestOfItsTrials) {
  History history;
  const double values[] = {5, 3, 4, 9, 1, 2};
  for (std::int64_t id = 0; id < 6; ++id) history.trials.push_back(completed_trial(id, {{"x", 0.5}}, values[id]));
  const DePopulation population(history, 3);
  EXPECT_EQ(population.holders[0]->trial->id, 0);
  EXPECT_EQ(population.holders[1]->trial->id, 4);
  EXPECT_EQ(population.holders[2]->trial->id, 5);
  ASSERT_EQ(population.archive.size(), 2u);
  EXPECT_EQ(population.archive[0]->id, 1);
  EXPECT_EQ(population.archive[1]->id, 2);
}

TEST(DePopulation, LearnsTheRatesThatSucceeded) {
  History history;
  const double values[] = {5, 5, 5, 4, 6, 3, 9, 9, 9};
  for (std::int64_t id = 0; id < 9; ++id) {
    history.trials.push_back(completed_trial(id, {{"x", 0.5}}, values[id]));
    if (id >= 3) history.trials.back().notes = de_notes({id == 3 ? 0.2 : 0.8, 0.9});
  }
  const DePopulation population(history, 3);
  // Trials 3 and 5 were better: Lehmer's mean (0.04 + 0.64)/(0.2 + 0.8) = 0.68.
  EXPECT_NEAR(population.mean_weight, 0.5 + 0.1 * (0.68 - 0.5), 1e-15);
  EXPECT_NEAR(population.mean_crossover, 0.5 + 0.1 * (0.9 - 0.5), 1e-15);
}

}  // namespace
}  // namespace hone
