#include "search/samplers/user_prior.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/statistics.h"
#include "search/samplers/gp_sampler.h"
#include "search/samplers/prior_term.h"
#include "search/samplers/tpe_sampler.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

ParameterSpec with_prior(ParameterSpec parameter, ParamValue prior, Confidence confidence = Confidence::medium) {
  parameter.prior = std::move(prior);
  parameter.confidence = confidence;
  return parameter;
}

/// A bowl in three dimensions with its optimum at .8, of which the user believes this.
Problem bowl(const std::optional<double>& prior, Confidence confidence) {
  std::vector<ParameterSpec> parameters;
  for (const char* name : {"x", "y", "z"}) {
    ParameterSpec parameter = float_parameter(name, 0, 1);
    if (prior) parameter = with_prior(parameter, *prior, confidence);
    parameters.push_back(parameter);
  }
  return {"bowl", space_of(parameters), [](const Params& params) {
            double sum = 0;
            for (const auto& [name, value] : params) sum += std::pow(as_number(value) - 0.8, 2);
            return sum;
          }};
}

std::unique_ptr<Sampler> make_tpe(std::uint64_t seed) {
  return std::make_unique<TpeSampler>(TpeOptions{}, SamplerSpec{}, seed);
}

std::unique_ptr<Sampler> make_gp(std::uint64_t seed) {
  ExperimentSpec spec;
  spec.study.seed = static_cast<std::int64_t>(seed);
  spec.budget.trials = 30;
  return std::make_unique<GpSampler>(GpOptions{}, spec);
}

TEST(UserPrior, IntegratesToOneForEveryConfidence) {
  for (const Confidence confidence : {Confidence::low, Confidence::medium, Confidence::high}) {
    for (const ParameterSpec& spec : {with_prior(float_parameter("x", 0, 1), 0.9, confidence),
                                      with_prior(categorical_parameter("c", {"a", "b", "c"}), "b", confidence)}) {
      const SpaceParameter parameter = SpaceParameter::make(spec);
      const UserPrior prior = *UserPrior::of(parameter);
      double sum = 0;
      constexpr int kSteps = 30'000;
      for (int i = 0; i < kSteps; ++i) sum += std::exp(prior.log_density((i + 0.5) / kSteps)) / kSteps;
      EXPECT_NEAR(sum, 1, 1e-6) << spec.name;  // the midpoint rule, kernels a twentieth wide
    }
  }
}

TEST(UserPrior, GivesTheBelievedLevelHalfFourFifthsOrNineTenths) {
  const auto probability = [](Confidence confidence, std::int64_t level) {
    const SpaceParameter parameter =
        SpaceParameter::make(with_prior(categorical_parameter("c", {"a", "b", "c", "d"}), "b", confidence));
    return UserPrior::of(parameter)->probability(level);
  };
  EXPECT_NEAR(probability(Confidence::low, 1), 0.5 + 0.125, 1e-15);
  EXPECT_NEAR(probability(Confidence::medium, 1), 0.8 + 0.05, 1e-15);
  EXPECT_NEAR(probability(Confidence::high, 1), 0.9 + 0.025, 1e-15);
  EXPECT_NEAR(probability(Confidence::high, 3), 0.025, 1e-15);
}

TEST(UserPrior, BendsAnEvenPointSetToItself) {
  const SpaceParameter parameter =
      SpaceParameter::make(with_prior(float_parameter("x", 1e-4, 1, LogScale::natural), 1e-3));
  const UserPrior prior = *UserPrior::of(parameter);
  EXPECT_NEAR(prior.centre(), 0.25, 1e-12);
  int within = 0;
  for (int i = 0; i < 1000; ++i) within += std::abs(prior.unit_at((i + 0.5) / 1000) - 0.25) < 0.1 ? 1 : 0;
  // 68.3 % of a normal lie within one deviation; its tail below 0 (.6 %) is cut.
  EXPECT_NEAR(within, 687, 2);
}

TEST(UserPrior, SaysNothingOfAParameterWithoutOne) {
  const SpaceParameter parameter = SpaceParameter::make(float_parameter("x", 0, 1));
  EXPECT_FALSE(UserPrior::of(parameter));
  EXPECT_FALSE(has_priors(space_of({float_parameter("x", 0, 1)})));
}

TEST(PriorTerm, HasTheGradientOfItsValue) {
  const SearchSpace space =
      space_of({with_prior(bool_parameter("on"), true), with_prior(float_parameter("x", 0, 1), 0.3),
                when(with_prior(float_parameter("y", 0, 1), 0.6, Confidence::high), "on"),
                when(with_prior(categorical_parameter("c", {"a", "b", "c"}), "b"), "on")});
  const GpEmbedding embedding(space);
  const PriorTerm term(embedding);
  const auto value = [&](const std::vector<double>& unit) {
    Points points = {embedding.dimensions(), {}};
    points.add(embedding.coordinates(unit));
    return term.values(points)[0];
  };
  const std::vector<double> unit = {0.75, 0.42, 0.51, 0.5};
  Points points = {embedding.dimensions(), {}};
  points.add(embedding.coordinates(unit));
  const Acquisition::WithGradients found = term.with_gradients(points);
  for (const std::size_t j : {1U, 2U}) {
    std::vector<double> up = unit;
    std::vector<double> down = unit;
    up[j] += 1e-5;
    down[j] -= 1e-5;
    // Second differences of order 1/.05² times 1e-5, squared.
    EXPECT_NEAR(found.gradients[*embedding.slope_coordinate(j)], (value(up) - value(down)) / 2e-5, 1e-5) << j;
  }
  // Switched off, y and c say nothing: what is left is that of the switch, 2·(.1) of two levels, and of x.
  const auto doubted = [](double density) { return std::log(0.95 * density + 0.05); };
  const UserPrior of_x = *UserPrior::of(space.parameters()[1]);
  EXPECT_NEAR(value({0.25, 0.42, 0.51, 0.5}), doubted(std::exp(of_x.log_density(0.42))) + doubted(0.2), 1e-12);
}

TEST(StartSuggestion, BendsEvenTrialsToThePriorAndLeavesOddOnes) {
  const SearchSpace space = bowl(0.8, Confidence::high).space;
  const History history;
  const Unseen unseen(space, history, true);
  for (std::int64_t next = 0; next < 20; ++next) {
    RandomStream random(1, next, "sampler");
    const auto suggestion = start_suggestion(space, unseen, 1, next, random);
    EXPECT_EQ(suggestion->notes, next % 2 == 0 ? R"({"arm":"prior"})" : R"({"arm":"sobol"})");
    if (next % 2 == 1) continue;
    // Four deviations.
    for (const auto& [name, value] : suggestion->params) EXPECT_NEAR(as_number(value), 0.8, 0.2) << name;
  }
}

TEST(UserPrior, OfTheTruthLetsTpeFindMoreWithTwentyTrials) {
  const double without = median_best(make_tpe, bowl(std::nullopt, Confidence::medium), 20, 31);
  EXPECT_LT(median_best(make_tpe, bowl(0.75, Confidence::low), 20, 31), without);
  EXPECT_LT(median_best(make_tpe, bowl(0.75, Confidence::medium), 20, 31), without / 2);
  EXPECT_LT(median_best(make_tpe, bowl(0.75, Confidence::high), 20, 31), without / 2);
}

TEST(UserPrior, OfTheWrongEndDoesNotKeepTpeFromTheOptimum) {
  for (const Confidence confidence : {Confidence::low, Confidence::medium, Confidence::high}) {
    // Root mean square distance of a coordinate from the optimum below a tenth.
    EXPECT_LT(median_best(make_tpe, bowl(0.1, confidence), 100, 11), 3 * 0.1 * 0.1) << static_cast<int>(confidence);
  }
}

TEST(UserPrior, OfTheTruthLetsGpFindMoreWithEightTrials) {
  EXPECT_LT(median_best(make_gp, bowl(0.75, Confidence::medium), 8, 11),
            median_best(make_gp, bowl(std::nullopt, Confidence::medium), 8, 11) / 2);
}

TEST(UserPrior, OfTheWrongEndDoesNotKeepGpFromTheOptimum) {
  EXPECT_LT(median_best(make_gp, bowl(0.1, Confidence::high), 40, 3), 3 * 0.1 * 0.1);
}

TEST(UserPrior, GivesTheSameAnswersForTheSameSeed) {
  const Problem problem = bowl(0.6, Confidence::low);
  for (const auto make : {make_tpe, make_gp}) {
    const History a = run_trials(*make(5), problem, 16, 5);
    const History b = run_trials(*make(5), problem, 16, 5);
    for (std::size_t i = 0; i < a.trials.size(); ++i) EXPECT_EQ(a.trials[i].params, b.trials[i].params) << i;
  }
}

}  // namespace
}  // namespace hone
