#include "search/samplers/branch.h"

#include <gtest/gtest.h>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

std::vector<std::string> names_of(const SearchSpace& space) {
  std::vector<std::string> names;
  for (const SpaceParameter& parameter : space.parameters()) names.push_back(parameter.spec.name);
  return names;
}

TEST(Branch, HasTheParametersAndTrialsOfOneValue) {
  const SearchSpace space =
      space_of({categorical_parameter("kind", {"a", "b"}), float_parameter("x", 0, 1),
                when(float_parameter("ya", 0, 1), "kind == 'a'"), when(float_parameter("za", 0, 1), "ya > 0.5"),
                when(float_parameter("yb", 0, 1), "kind != 'a'")});
  History history;
  history.trials.push_back(completed_trial(0, {{"kind", "a"}, {"x", 0.5}, {"ya", 0.1}}, 1));
  history.trials.push_back(completed_trial(1, {{"kind", "b"}, {"x", 0.5}, {"yb", 0.1}}, 2));
  int first = 0;
  for (std::int64_t id = 0; id < 100; ++id) {
    RandomStream random(1, id, "test");
    const auto branch = draw_branch(space, history, random);
    ASSERT_TRUE(branch);
    ASSERT_EQ(branch->history.trials.size(), 1U);
    const bool is_first = branch->history.trials[0].id == 0;
    first += is_first ? 1 : 0;
    EXPECT_EQ(names_of(branch->space), is_first ? (std::vector<std::string>{"kind", "x", "ya", "za"})
                                                : (std::vector<std::string>{"kind", "x", "yb"}));
    std::vector<double> middle(branch->space.size(), 0.75);
    const Params params = branch->space.decode(middle);
    EXPECT_EQ(params.at("kind"), ParamValue(is_first ? "a" : "b"));
    EXPECT_EQ(params.size(), branch->space.size());
  }
  EXPECT_NEAR(first, 50, 25);  // five standard deviations
}

TEST(Branch, OfASwitchIsOnOrOff) {
  const SearchSpace space = space_of({bool_parameter("on"), when(float_parameter("x", 0, 1), "on")});
  RandomStream random(1, 0, "test");
  for (int i = 0; i < 10; ++i) {
    const auto branch = draw_branch(space, {}, random);
    ASSERT_TRUE(branch);
    const Params params = branch->space.decode(std::vector<double>(branch->space.size(), 0.5));
    EXPECT_EQ(std::get<bool>(params.at("on")), params.count("x") == 1);
  }
}

TEST(Branch, IsNoneWhereNoChoiceAloneDecides) {
  RandomStream random(1, 0, "test");
  EXPECT_FALSE(draw_branch(space_of({categorical_parameter("c", {"a", "b"})}), {}, random));
  EXPECT_FALSE(
      draw_branch(space_of({int_parameter("n", 1, 3), when(float_parameter("x", 0, 1), "n > 1")}), {}, random));
  EXPECT_FALSE(draw_branch(space_of({categorical_parameter("c", {"a", "b"}), int_parameter("n", 1, 3),
                                     when(float_parameter("x", 0, 1), "c == 'a' and n > 1")}),
                           {}, random));
}

}  // namespace
}  // namespace hone
