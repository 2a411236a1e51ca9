#include "search/samplers/random_sampler.h"

#include <gtest/gtest.h>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

std::unique_ptr<Sampler> make(std::uint64_t) { return std::make_unique<RandomSampler>(/*dedupe=*/true); }

TEST(RandomSampler, IsSound) { expect_sound(make); }

TEST(RandomSampler, SpreadsALogParameterOverItsDecades) {
  const SearchSpace space = space_of({float_parameter("rate", 1e-4, 1, LogScale::natural)});
  int below = 0;
  for (std::int64_t id = 0; id < 1000; ++id) {
    RandomStream random(1, id, "sampler");
    if (as_number(make(1)->suggest(space, {}, id, random)->params.at("rate")) < 1e-2) ++below;
  }
  // Half of them, within five standard deviations.
  EXPECT_NEAR(below, 500, 5 * 15.8);
}

TEST(RandomSampler, RepeatsOnlyWhenAllowed) {
  const SearchSpace space = space_of({bool_parameter("b")});
  const Problem problem = {"coin", space, [](const Params&) { return 0.0; }};
  EXPECT_EQ(run_trials(RandomSampler(/*dedupe=*/true), problem, 10, 1).trials.size(), 2u);
  EXPECT_EQ(run_trials(RandomSampler(/*dedupe=*/false), problem, 10, 1).trials.size(), 10u);
}

}  // namespace
}  // namespace hone
