#include "search/samplers/nsga_sampler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/statistics.h"
#include "search/samplers/random_sampler.h"
#include "search/trial/hypervolume.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

using MakeSampler = std::function<std::unique_ptr<Sampler>(std::uint64_t seed)>;

std::unique_ptr<Sampler> make(NsgaRule rule, std::size_t objectives, std::uint64_t seed) {
  ExperimentSpec spec;
  spec.study.seed = static_cast<std::int64_t>(seed);
  spec.objectives.resize(objectives);
  return std::make_unique<NsgaSampler>(rule, NsgaOptions{}, spec);
}

std::unique_ptr<Sampler> make_random(std::uint64_t) { return std::make_unique<RandomSampler>(true); }

/// A population that small spaces soon fill, so that short studies leave Sobol.
std::unique_ptr<Sampler> make_small(NsgaRule rule, std::uint64_t seed) {
  ExperimentSpec spec;
  spec.study.seed = static_cast<std::int64_t>(seed);
  NsgaOptions options;
  options.population = 8;
  return std::make_unique<NsgaSampler>(rule, options, spec);
}

SearchSpace cube(int dimensions) {
  std::vector<ParameterSpec> parameters;
  for (int i = 0; i < dimensions; ++i) parameters.push_back(float_parameter("x" + std::to_string(i), 0, 1));
  return space_of(parameters);
}

double x(const Params& params, int i) { return as_number(params.at("x" + std::to_string(i))); }

/// Like ZDT1 (Zitzler, Deb and Thiele 2000) with optima of the other parameters inside: they are 0.3.
ObjectiveVector curve(const Params& params) {
  double g = 1;
  for (int i = 1; i < 6; ++i) g += 9 * std::abs(x(params, i) - 0.3) / 5;
  return {x(params, 0), g * (1 - std::sqrt(x(params, 0) / g))};
}

/// DTLZ2 (Deb, Thiele, Laumanns and Zitzler 2002) with four objectives: an eighth of a sphere, in seven parameters.
ObjectiveVector sphere(const Params& params) {
  double g = 1;
  for (int i = 3; i < 7; ++i) g += 4 * std::pow(x(params, i) - 0.4, 2);
  ObjectiveVector point(4, g);
  for (int k = 0; k < 4; ++k) {
    for (int i = 0; i < 3 - k; ++i) point[static_cast<std::size_t>(k)] *= std::cos(x(params, i) * std::numbers::pi / 2);
    if (k > 0) point[static_cast<std::size_t>(k)] *= std::sin(x(params, 3 - k) * std::numbers::pi / 2);
  }
  return point;
}

History run_objectives(const Sampler& sampler, const SearchSpace& space,
                       const std::function<ObjectiveVector(const Params&)>& function, int trials, std::uint64_t seed) {
  History history;
  for (std::int64_t id = 0; id < trials; ++id) {
    RandomStream random(seed, id, "sampler");
    const auto suggestion = sampler.suggest(space, history, id, random);
    const ObjectiveVector point = function(suggestion->params);
    HistoryTrial trial = completed_trial(id, suggestion->params, point.front());
    trial.others.assign(point.begin() + 1, point.end());
    trial.notes = suggestion->notes;
    history.trials.push_back(std::move(trial));
  }
  return history;
}

double median_volume(const MakeSampler& make_sampler, const SearchSpace& space,
                     const std::function<ObjectiveVector(const Params&)>& function, int trials,
                     const ObjectiveVector& reference) {
  std::vector<double> volumes;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    std::vector<ObjectiveVector> points;
    for (const HistoryTrial& trial : run_objectives(*make_sampler(seed), space, function, trials, seed).trials) {
      points.push_back(function(trial.params));
    }
    volumes.push_back(hypervolume(points, reference));
  }
  return median(volumes);
}

TEST(NsgaSampler, IsSound) {
  expect_sound([](std::uint64_t seed) { return make_small(NsgaRule::crowding, seed); });
  expect_sound([](std::uint64_t seed) { return make_small(NsgaRule::niches, seed); });
}

TEST(NsgaSampler, CrowdingBeatsRandomWithTwoObjectives) {
  const auto nsga2 = [](std::uint64_t seed) { return make(NsgaRule::crowding, 2, seed); };
  const double random = median_volume(make_random, cube(6), curve, 300, {1, 6});
  const double found = median_volume(nsga2, cube(6), curve, 300, {1, 6});
  RecordProperty("random", std::to_string(random));
  RecordProperty("nsga2", std::to_string(found));
  EXPECT_GT(found, random + 0.25);
}

TEST(NsgaSampler, NichesBeatRandomWithFourObjectives) {
  const auto nsga3 = [](std::uint64_t seed) { return make(NsgaRule::niches, 4, seed); };
  const ObjectiveVector reference(4, 1.5);
  const double random = median_volume(make_random, cube(7), sphere, 300, reference);
  const double found = median_volume(nsga3, cube(7), sphere, 300, reference);
  RecordProperty("random", std::to_string(random));
  RecordProperty("nsga3", std::to_string(found));
  EXPECT_GT(found, random);
}

TEST(NsgaSampler, StartsWithAPopulationOfSobolPoints) {
  const History two = run_objectives(*make(NsgaRule::crowding, 2, 1), cube(6), curve, 51, 1);
  EXPECT_EQ(two.trials[49].notes, R"({"arm":"sobol"})");
  EXPECT_NE(two.trials[50].notes.find(R"({"arm":"nsga2","parents":[)"), std::string::npos);
  const History four = run_objectives(*make(NsgaRule::niches, 4, 1), cube(7), sphere, 101, 1);
  EXPECT_EQ(four.trials[99].notes, R"({"arm":"sobol"})");
  EXPECT_NE(four.trials[100].notes.find(R"({"arm":"nsga3","parents":[)"), std::string::npos);
}

TEST(NsgaSampler, TakesParentsFromTheFeasibleTrialsWhereTheyFillThePopulation) {
  for (const NsgaRule rule : {NsgaRule::crowding, NsgaRule::niches}) {
    History history = run_objectives(*make_small(rule, 1), cube(6), curve, 60, 1);
    for (HistoryTrial& trial : history.trials) trial.violations = {trial.id % 3 == 0 ? 0.0 : 1.0};
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      RandomStream random(seed, 60, "sampler");
      const std::string notes = make_small(rule, 1)->suggest(cube(6), history, 60, random)->notes;
      const std::size_t list = notes.find('[');
      EXPECT_EQ(std::stoi(notes.substr(list + 1)) % 3, 0) << notes;
      EXPECT_EQ(std::stoi(notes.substr(notes.find(',', list) + 1)) % 3, 0) << notes;
    }
  }
}

TEST(NsgaSampler, ProposesOnlyWhatTheClausesAllow) {
  ConstraintsSpec constraints;
  constraints.require = {"x0 + x1 <= 1"};
  const SearchSpace space({float_parameter("x0", 0, 1), float_parameter("x1", 0, 1)}, constraints, {});
  const auto against = [](const Params& params) { return ObjectiveVector{-x(params, 0), -x(params, 1)}; };
  for (const NsgaRule rule : {NsgaRule::crowding, NsgaRule::niches}) {
    for (const HistoryTrial& trial : run_objectives(*make_small(rule, 1), space, against, 60, 1).trials) {
      EXPECT_TRUE(space.allows(trial.params));
    }
  }
}

}  // namespace
}  // namespace hone
