#include "search/samplers/cmaes_coordinates.h"

#include <gtest/gtest.h>

#include "core/statistics.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

SearchSpace mixed_space() {
  return space_of({float_parameter("x", 1e-3, 1, LogScale::natural), int_parameter("n", 1, 9),
                   categorical_parameter("c", {"a", "b", "c"}), bool_parameter("b"),
                   when(float_parameter("y", 0, 1), "c == 'b'")});
}

TEST(CmaesCoordinates, GiveAChoiceOfThreeACoordinateEach) {
  const SearchSpace space = mixed_space();
  const CmaesCoordinates coordinates(space);
  EXPECT_EQ(coordinates.size(), 7u);
  const Params params = coordinates.params_of({1, 0.5, 0.2, 0.9, 0.3, 2, 0.25});
  EXPECT_EQ(params, (Params{{"x", 1.0}, {"n", std::int64_t{5}}, {"c", std::string("b")}, {"b", true}, {"y", 0.25}}));
  EXPECT_EQ(coordinates.params_of({1, 0.5, 0.2, 0.1, 0.3, 2, 0.25}).count("y"), 0u);
}

TEST(CmaesCoordinates, ComeBackFromConfigurations) {
  const SearchSpace space = mixed_space();
  const CmaesCoordinates coordinates(space);
  RandomStream random(1, 0, "test");
  for (int i = 0; i < 50; ++i) {
    std::vector<double> point(coordinates.size());
    for (double& x : point) x = random.uniform();
    const Params params = coordinates.params_of(point);
    const Params back = coordinates.params_of(coordinates.point_of(params));
    for (const char* name : {"n", "c", "b"}) EXPECT_EQ(back.at(name), params.at(name));
    EXPECT_NEAR(as_number(back.at("x")), as_number(params.at("x")), 1e-12);
  }
}

TEST(CmaesCoordinates, BoundOnlyWhatHasNoLevels) {
  const SearchSpace space = mixed_space();
  const CmaesCoordinates coordinates(space);
  EXPECT_TRUE(coordinates.is_inside({0, 7, 0, 0, 1, -3, 1}));
  EXPECT_FALSE(coordinates.is_inside({-0.01, 0.5, 0, 0, 1, 0.5, 1}));
  std::vector<double> point = {-0.01, 7, 0, 2, 1, -3, 1};
  coordinates.clip(point);
  EXPECT_EQ(point, (std::vector<double>{0, 7, 0, 1, 1, -3, 1}));
}

TEST(CmaesCoordinates, KeepLevelsWithinReach) {
  const SearchSpace space = space_of({int_parameter("n", 1, 4), float_parameter("x", 0, 1)});
  const CmaesCoordinates coordinates(space);
  CmaesDistribution distribution({0.4, 0.4}, 1e-6, /*separable=*/false);
  coordinates.keep_margins(distribution, 10);
  // Level 2 of 4 lies between 0.25 and 0.5: 1/(2·10) leaves it.
  const double leaves = normal_cdf((0.25 - distribution.mean[0]) / distribution.deviation(0)) +
                        normal_cdf((distribution.mean[0] - 0.5) / distribution.deviation(0));
  EXPECT_NEAR(leaves, 0.05, 0.002);
  EXPECT_EQ(distribution.mean[1], 0.4);
  EXPECT_EQ(distribution.widening[1], 1);
}

}  // namespace
}  // namespace hone
