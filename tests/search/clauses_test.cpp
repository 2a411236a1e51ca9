#include "search/trial/clauses.h"

#include <gtest/gtest.h>

#include "search/samplers/unseen.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

constexpr std::int64_t kTwo = 2;

SearchSpace constrained(const std::vector<ParameterSpec>& parameters, ConstraintsSpec constraints) {
  return SearchSpace(parameters, constraints, {});
}

ConstraintsSpec forbidding(const std::string& clause) {
  ConstraintsSpec constraints;
  constraints.forbid = {clause};
  return constraints;
}

TEST(Clauses, ForbidWhatIsTrueAndRequireIt) {
  ConstraintsSpec constraints = forbidding("a > 3 and b");
  constraints.require = {"a != 2"};
  const Clauses clauses(constraints, {});
  EXPECT_TRUE(clauses.allow({{"a", std::int64_t{4}}, {"b", false}}));
  EXPECT_FALSE(clauses.allow({{"a", std::int64_t{4}}, {"b", true}}));
  EXPECT_FALSE(clauses.allow({{"a", kTwo}, {"b", false}}));
}

TEST(Clauses, CountAsSatisfiedWhereAParameterIsMissing) {
  ConstraintsSpec constraints = forbidding("a > 3");
  constraints.require = {"b > 3"};
  const Clauses clauses(constraints, {});
  EXPECT_TRUE(clauses.allow({}));
  EXPECT_TRUE(clauses.allow({{"a", kTwo}}));
  EXPECT_FALSE(clauses.allow({{"b", kTwo}}));
}

TEST(Clauses, DoNotHoldWhereTheyCannotBeComputed) {
  EXPECT_FALSE(Clauses(forbidding("1 / a > 3"), {}).allow({{"a", std::int64_t{0}}}));
  ConstraintsSpec derived;
  derived.derive = {{"inverse", "1 / a"}};
  const Clauses clauses(derived, {});
  EXPECT_FALSE(clauses.allow({{"a", std::int64_t{0}}}));
  EXPECT_EQ(clauses.broken({{"a", std::int64_t{0}}})->path, "constraints.derive.inverse");
}

TEST(Clauses, DeriveValuesFromEachOtherInAnyOrder) {
  ConstraintsSpec constraints;
  constraints.derive = {{"twice", "2 * hidden"}, {"hidden", "heads * size"}};
  constraints.forbid = {"twice > 20"};
  const Clauses clauses(constraints, {});
  EXPECT_EQ(clauses.derived({{"heads", kTwo}, {"size", std::int64_t{3}}}),
            (Params{{"hidden", std::int64_t{6}}, {"twice", std::int64_t{12}}}));
  EXPECT_EQ(clauses.derived({{"heads", kTwo}}), Params());
  EXPECT_FALSE(clauses.allow({{"heads", kTwo}, {"size", std::int64_t{6}}}));
  EXPECT_EQ(clauses.broken({{"heads", kTwo}, {"size", std::int64_t{6}}})->reads,
            (std::vector<std::string>{"heads", "size"}));
  EXPECT_TRUE(clauses.reads("size"));
  EXPECT_FALSE(clauses.reads("width"));
}

TEST(SpaceWithClauses, SaysWhichClauseDoesNotAllowAConfiguration) {
  const SearchSpace space = constrained({int_parameter("n", 1, 9)}, forbidding("n > 5"));
  EXPECT_EQ(space.complaint_about({{"n", std::int64_t{7}}}), "constraints.forbid[0] does not allow it: n > 5");
  EXPECT_EQ(space.complaint_about({{"n", kTwo}}), std::nullopt);
}

TEST(SpaceWithClauses, CountsWhatIsAllowedWhenItIsFew) {
  const std::vector<ParameterSpec> parameters = {int_parameter("a", 1, 6), int_parameter("b", 1, 6),
                                                 when(bool_parameter("c"), "a == 1"), int_parameter("free", 1, 10)};
  const SearchSpace space = constrained(parameters, forbidding("a + b != 7"));
  EXPECT_EQ(space.combinations(), 420);
  // Six pairs, one of which has c too.
  EXPECT_EQ(space.configurations(), 70);
  EXPECT_EQ(space_of(parameters).configurations(), 420);
}

TEST(SpaceWithClauses, DrawsEveryAllowedConfigurationAndThenNone) {
  const SearchSpace space =
      constrained({int_parameter("a", 1, 60), int_parameter("b", 1, 60)}, forbidding("a * b != 36"));
  History history;
  RandomStream random(1, 0, "test");
  while (const auto params = Unseen(space, history, true).draw(random)) {
    ASSERT_EQ(space.complaint_about(*params), std::nullopt);
    ASSERT_LT(history.trials.size(), 20u);
    history.trials.push_back(completed_trial(std::ssize(history.trials), *params, 0));
  }
  // 36 has nine divisors.
  EXPECT_EQ(history.trials.size(), 9u);
}

// One in 5,000 draws holds the first clause and half of those the second: then the parameters of a broken clause alone
// are drawn anew.
TEST(SpaceWithClauses, FindsNeedles) {
  ConstraintsSpec constraints = forbidding("abs(a - b) > 10");
  constraints.require = {"not flag or x < 0.0001"};
  const SearchSpace space = constrained({bool_parameter("flag"), when(float_parameter("x", 0, 1), "flag"),
                                         int_parameter("a", 1, 100'000), int_parameter("b", 1, 100'000)},
                                        constraints);
  RandomStream random(3, 0, "test");
  for (int i = 0; i < 5; ++i) {
    const auto found = draw_allowed(space, random);
    ASSERT_TRUE(found);
    EXPECT_EQ(space.complaint_about(*found), std::nullopt);
  }
}

TEST(SpaceWithClauses, NeverCallsAForbiddenConfigurationUnseen) {
  const SearchSpace space = constrained({int_parameter("n", 1, 9)}, forbidding("n > 5"));
  for (const bool dedupe : {false, true}) {
    const History history;
    EXPECT_FALSE(Unseen(space, history, dedupe).has({{"n", std::int64_t{6}}}));
    EXPECT_TRUE(Unseen(space, history, dedupe).has({{"n", std::int64_t{5}}}));
  }
  const auto allowed = allowed_points(space);
  EXPECT_TRUE(allowed({0.1}));
  EXPECT_FALSE(allowed({0.9}));
  EXPECT_FALSE(allowed_points(space_of({bool_parameter("b")})));
}

TEST(OrdinalWithLog, LiesOnItsScale) {
  ParameterSpec spec = ordinal_parameter("n", {std::int64_t{1}, std::int64_t{10}, std::int64_t{1000}});
  spec.log = LogScale::natural;
  const SpaceParameter parameter = SpaceParameter::make(spec);
  // In decades 0, 1, 3; the outer levels reach half as far out as their neighbour lies: from -1/2 to 4.
  const std::vector<double> places = {0.5 / 4.5, 1.5 / 4.5, 3.5 / 4.5};
  for (std::int64_t level = 0; level < 3; ++level) {
    const ParamValue value = parameter.value_of_level(level);
    EXPECT_NEAR(parameter.unit_of(value), places[static_cast<std::size_t>(level)], 1e-12);
    EXPECT_EQ(parameter.value_at(parameter.unit_of(value)), value);
    const auto [low, high] = parameter.unit_interval(level);
    EXPECT_EQ(parameter.value_at(low + 1e-9), value);
    EXPECT_EQ(parameter.value_at(high - 1e-9), value);
  }
  EXPECT_NEAR(parameter.unit_interval(1).second, 2.5 / 4.5, 1e-12);
  EXPECT_EQ(parameter.value_at(0), parameter.value_of_level(0));
  EXPECT_EQ(parameter.value_at(1), parameter.value_of_level(2));
}

}  // namespace
}  // namespace hone
