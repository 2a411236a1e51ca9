#include "search/samplers/grid_sampler.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

std::unique_ptr<Sampler> make(std::uint64_t seed) {
  return std::make_unique<GridSampler>(GridOptions{}, SamplerSpec{}, seed);
}

Problem constant(const SearchSpace& space) {
  return {"constant", space, [](const Params&) { return 0.0; }};
}

TEST(GridSampler, IsSound) { expect_sound(make); }

TEST(GridSampler, MeetsEveryCombinationOnceAndEnds) {
  GridOptions options;
  options.levels = 3;
  const GridSampler sampler(options, SamplerSpec{}, 1);
  const SearchSpace space =
      space_of({float_parameter("x", 0, 1), bool_parameter("b"), when(int_parameter("n", 1, 4), "b == true")});
  const History history = run_trials(sampler, constant(space), 100, 1);
  // Three values of x, each with b false or with b true and four values of n.
  EXPECT_EQ(history.trials.size(), 15u);
  std::set<double> values;
  for (const HistoryTrial& trial : history.trials) values.insert(as_number(trial.params.at("x")));
  EXPECT_EQ(values, (std::set<double>{0, 0.5, 1}));
}

TEST(GridSampler, SpreadsItsFirstTrials) {
  const SearchSpace space = space_of({int_parameter("a", 0, 99), int_parameter("b", 0, 99)});
  const History history = run_trials(*make(1), constant(space), 64, 1);
  std::set<std::int64_t> quarters;
  for (const HistoryTrial& trial : history.trials) {
    quarters.insert(std::get<std::int64_t>(trial.params.at("a")) / 25 * 4 +
                    std::get<std::int64_t>(trial.params.at("b")) / 25);
  }
  EXPECT_GE(quarters.size(), 14u);
}

TEST(GridSampler, BeginsAgainWithoutDedupe) {
  SamplerSpec spec;
  spec.dedupe = false;
  const GridSampler sampler({}, spec, 1);
  const History history = run_trials(sampler, constant(space_of({int_parameter("n", 1, 4)})), 8, 1);
  ASSERT_EQ(history.trials.size(), 8u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(history.trials[i].params, history.trials[i + 4].params);
}

TEST(GridSampler, PassesOverTrialsItDoesNotSee) {
  // With order strict the trials before `next` may be hidden: it looks as many combinations further.
  const SearchSpace space = space_of({int_parameter("n", 1, 50)});
  const auto sampler = make(1);
  History history = run_trials(*sampler, constant(space), 10, 1);
  RandomStream random(1, 9, "sampler");
  const Params tenth = history.trials[9].params;
  history.trials.resize(5);
  EXPECT_EQ(sampler->suggest(space, history, 9, random)->params, tenth);
}

TEST(GridSampler, GoesOnInAGridWhoseEndNobodySees) {
  std::vector<ParameterSpec> parameters;
  for (int i = 0; i < 40; ++i) parameters.push_back(float_parameter("x" + std::to_string(i), 0, 1));
  EXPECT_EQ(run_trials(*make(1), constant(space_of(parameters)), 20, 1).trials.size(), 20u);
}

}  // namespace
}  // namespace hone
