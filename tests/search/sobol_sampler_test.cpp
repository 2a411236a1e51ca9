#include "search/samplers/sobol_sampler.h"

#include <gtest/gtest.h>

#include "search/samplers/random_sampler.h"
#include "search/samplers/sobol_sequence.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

std::unique_ptr<Sampler> make(std::uint64_t seed) { return std::make_unique<SobolSampler>(seed, /*dedupe=*/true); }

TEST(SobolSampler, IsSound) { expect_sound(make); }

TEST(SobolSampler, TakesThePointOfTheTrialsNumber) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1)});
  RandomStream random(3, 5, "sampler");
  const auto suggestion = make(3)->suggest(space, {}, 5, random);
  EXPECT_EQ(suggestion->params, space.decode(SobolSequence(2, 3).point(5)));
}

TEST(SobolSampler, GoesOnToTheNextPointAfterARepeat) {
  const SearchSpace space = space_of({int_parameter("n", 0, 7)});
  const Problem problem = {"levels", space, [](const Params&) { return 0.0; }};
  // A sequence in one dimension meets each eighth once in eight points: nothing left after that.
  EXPECT_EQ(run_trials(*make(1), problem, 20, 1).trials.size(), 8u);
}

TEST(SobolSampler, BeatsRandom) {
  const auto random = [](std::uint64_t) { return std::make_unique<RandomSampler>(true); };
  for (const Problem& problem : problems()) {
    EXPECT_LT(median_best(make, problem, 64, 51), median_best(random, problem, 64, 51)) << problem.name;
  }
}

}  // namespace
}  // namespace hone
