#include "search/samplers/nsga_variation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

TEST(NsgaVariation, CrossoverKeepsTheMeanOfTheParents) {
  RandomStream random(1, -1, "test");
  for (int i = 0; i < 1000; ++i) {
    const double first = random.uniform();
    const double second = random.uniform();
    const auto children = simulated_binary_crossover(first, second, random.uniform());
    EXPECT_NEAR(children.first + children.second, first + second, 1e-12);
  }
}

TEST(NsgaVariation, CrossoverSpreadsByTheFormula) {
  // u = ½ gives β = 1, the parents themselves; u = 2⁻¹⁷ gives β = ½; u = 1 − 2⁻¹⁷ gives β = 2.
  EXPECT_EQ(simulated_binary_crossover(0.2, 0.6, 0.5), std::make_pair(0.2, 0.6));
  const auto [inner_low, inner_high] = simulated_binary_crossover(0.2, 0.6, std::ldexp(1, -17));
  EXPECT_NEAR(inner_low, 0.3, 1e-12);
  EXPECT_NEAR(inner_high, 0.5, 1e-12);
  const auto [outer_low, outer_high] = simulated_binary_crossover(0.2, 0.6, 1 - std::ldexp(1, -17));
  EXPECT_NEAR(outer_low, 0.0, 1e-9);
  EXPECT_NEAR(outer_high, 0.8, 1e-9);
}

TEST(NsgaVariation, PolynomialStepsAreSymmetricAndBounded) {
  EXPECT_EQ(polynomial_step(0.5), 0);
  EXPECT_NEAR(polynomial_step(std::ldexp(1, -22)), -0.5, 1e-12);
  for (const double u : {1e-6, 0.001, 0.1, 0.4}) {
    EXPECT_NEAR(polynomial_step(u), -polynomial_step(1 - u), 1e-9) << u;
    EXPECT_LE(std::abs(polynomial_step(u)), 1) << u;
  }
}

TEST(NsgaVariation, ChildrenStayInBoundsAndHaveNoInactiveParameter) {
  const Problem problem = problems().back();
  RandomStream random(1, -1, "test");
  int drawn = 0;
  Params first = problem.space.decode(std::vector<double>(problem.space.size(), 0.0));
  Params second = problem.space.decode(std::vector<double>(problem.space.size(), 1.0));
  for (int i = 0; i < 2000; ++i) {
    Params child = child_of(problem.space, first, second, random);
    EXPECT_EQ(problem.space.complaint_about(child), std::nullopt);
    drawn += child.contains("momentum") && !first.contains("momentum") && !second.contains("momentum") ? 1 : 0;
    (i % 2 == 0 ? first : second) = std::move(child);
  }
  EXPECT_GT(drawn, 0);
}

TEST(NsgaVariation, TwinsDifferFromTheirParentByMutationAlone) {
  // Each of two parameters mutates with probability ½; a category then always becomes another one.
  const SearchSpace space = space_of({categorical_parameter("c", {"a", "b", "c"}), int_parameter("n", 1, 3)});
  const Params parent = {{"c", std::string("a")}, {"n", std::int64_t{1}}};
  RandomStream random(1, -1, "test");
  int flips = 0;
  int moves = 0;
  for (int i = 0; i < 4000; ++i) {
    const Params child = child_of(space, parent, parent, random);
    flips += child.at("c") != parent.at("c") ? 1 : 0;
    moves += child.at("n") != parent.at("n") ? 1 : 0;
  }
  // Five standard deviations are 158.
  EXPECT_NEAR(flips, 2000, 158);
  EXPECT_NEAR(moves, 2000, 158);
}

}  // namespace
}  // namespace hone
