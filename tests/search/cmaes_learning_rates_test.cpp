#include "search/samplers/cmaes_learning_rates.h"

#include <gtest/gtest.h>

#include "tests/search/cmaes_functions.h"

namespace hone {
namespace {

TEST(CmaesLearningRates, NeedTheKnownEvaluationsOnTheSphere) {
  // The Python package cmaes with lr_adapt needs 5350, 5460 and 5160 evaluations (seeds 1 to 3).
  CmaesRunOptions adapted;
  adapted.adapt_rates = true;
  const auto count = evaluations_to_target(sphere, 10, 1, adapted);
  ASSERT_TRUE(count);
  EXPECT_NEAR(static_cast<double>(*count), 5350, 535);
}

TEST(CmaesLearningRates, ComeNearerToTheOptimumUnderNoise) {
  CmaesRunOptions options;
  options.noise = 1;
  options.evaluations = 50'000;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    options.adapt_rates = true;
    const double adapted = value_of_last_mean(sphere, 10, seed, options);
    options.adapt_rates = false;
    EXPECT_LT(adapted, 0.1 * value_of_last_mean(sphere, 10, seed, options));
  }
}

TEST(CmaesLearningRates, FallUnderNoise) {
  CmaesLearningRates rates(3, /*separable=*/false);
  RandomStream random(1, 0, "test");
  CmaesDistribution distribution({0, 0, 0}, 1, /*separable=*/false);
  for (int i = 0; i < 100; ++i) {
    CmaesDistribution after = distribution;
    for (double& x : after.mean) x += 0.3 * random.normal();
    distribution = rates.adapted(distribution, after);
    distribution.sigma = 1;
  }
  EXPECT_LT(rates.mean_rate(), 0.5);
}

}  // namespace
}  // namespace hone
