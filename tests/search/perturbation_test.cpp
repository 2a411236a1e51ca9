#include "search/schedulers/perturbation.h"

#include <gtest/gtest.h>

#include <set>

#include "configs/load_spec.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

std::set<double> values_of(const SearchSpace& space, const Params& params, const std::string& name, double resample) {
  std::set<double> values;
  for (std::int64_t trial = 0; trial < 200; ++trial) {
    RandomStream random(1, trial, "copy");
    values.insert(as_number(perturbed(space, params, resample, random).at(name)));
  }
  return values;
}

TEST(Perturbation, MultipliesNumbersByTwoFactors) {
  const SearchSpace space = space_of({float_parameter("rate", 0, 1)});
  const std::set<double> values = values_of(space, {{"rate", 0.5}}, "rate", 0);
  ASSERT_EQ(values.size(), 2u);
  EXPECT_NEAR(*values.begin(), 0.4, 1e-12);
  EXPECT_NEAR(*values.rbegin(), 0.6, 1e-12);
}

TEST(Perturbation, StaysWithinTheBounds) {
  const SearchSpace space = space_of({float_parameter("rate", 0.45, 0.55, LogScale::natural)});
  for (const double value : values_of(space, {{"rate", 0.5}}, "rate", 0.25)) {
    EXPECT_GE(value, 0.45);
    EXPECT_LE(value, 0.55);
  }
}

TEST(Perturbation, OnAReverseScaleMovesTheDistanceFromTheTop) {
  const SearchSpace space = space_of({float_parameter("momentum", 0, 1, LogScale::reverse)});
  const std::set<double> values = values_of(space, {{"momentum", 0.9}}, "momentum", 0);
  ASSERT_EQ(values.size(), 2u);
  EXPECT_NEAR(*values.begin(), 0.88, 1e-9);
  EXPECT_NEAR(*values.rbegin(), 0.92, 1e-9);
}

TEST(Perturbation, SmallIntegersMoveByOne) {
  const SearchSpace space = space_of({int_parameter("depth", 1, 6)});
  EXPECT_EQ(values_of(space, {{"depth", std::int64_t{2}}}, "depth", 0), (std::set<double>{1, 3}));
}

TEST(Perturbation, OrdinalsMoveToANeighbour) {
  const SearchSpace space = space_of({ordinal_parameter("batch", {16.0, 32.0, 64.0, 128.0})});
  EXPECT_EQ(values_of(space, {{"batch", 32.0}}, "batch", 0), (std::set<double>{16, 64}));
}

TEST(Perturbation, ChoicesStayUnlessTheyAreDrawnAnew) {
  const SearchSpace space = space_of({categorical_parameter("kind", {1.0, 2.0, 3.0})});
  EXPECT_EQ(values_of(space, {{"kind", 2.0}}, "kind", 0), (std::set<double>{2}));
  EXPECT_EQ(values_of(space, {{"kind", 2.0}}, "kind", 1), (std::set<double>{1, 2, 3}));
}

TEST(Perturbation, KeepsClauses) {
  ConstraintsSpec constraints;
  constraints.require = {"a + b <= 1"};
  const SearchSpace space({float_parameter("a", 0, 1), float_parameter("b", 0, 1)}, constraints, Origins{});
  for (std::int64_t trial = 0; trial < 200; ++trial) {
    RandomStream random(1, trial, "copy");
    const Params params = perturbed(space, {{"a", 0.5}, {"b", 0.5}}, 0.25, random);
    EXPECT_LE(as_number(params.at("a")) + as_number(params.at("b")), 1);
  }
}

}  // namespace
}  // namespace hone
