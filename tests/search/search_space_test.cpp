#include "search/trial/search_space.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

const ParamValue kSgd = std::string("sgd");
const ParamValue kAdam = std::string("adam");

SearchSpace optimizer_space() {
  return space_of({when(float_parameter("momentum", 0, 1), "optimizer == 'sgd'"),
                   categorical_parameter("optimizer", {kAdam, kSgd}),
                   when(float_parameter("nesterov_from", 0, 1), "momentum > 0.5")});
}

std::vector<std::string> messages_of(const std::vector<ParameterSpec>& parameters, const Origins& origins = {}) {
  std::vector<std::string> messages;
  try {
    SearchSpace(parameters, origins);
  } catch (const Error& error) {
    for (const Diagnostic& diagnostic : error.diagnostics()) {
      std::string message = diagnostic.code + ": " + diagnostic.message;
      if (!diagnostic.suggestion.empty()) message += " / " + diagnostic.suggestion;
      messages.push_back(message);
    }
  }
  return messages;
}

TEST(SearchSpace, OrdersParametersSoThatConditionsLookBack) {
  const SearchSpace space = optimizer_space();
  std::vector<std::string> names;
  for (const SpaceParameter& parameter : space.parameters()) names.push_back(parameter.spec.name);
  EXPECT_EQ(names, (std::vector<std::string>{"optimizer", "momentum", "nesterov_from"}));
}

TEST(SearchSpace, DecodesOnlyActiveParameters) {
  const SearchSpace space = optimizer_space();
  EXPECT_EQ(space.decode(std::vector<double>{0.2, 0.9, 0.5}), (Params{{"optimizer", kAdam}}));
  EXPECT_EQ(space.decode(std::vector<double>{0.7, 0.3, 0.5}), (Params{{"optimizer", kSgd}, {"momentum", 0.3}}));
  EXPECT_EQ(space.decode(std::vector<double>{0.7, 0.9, 0.25}),
            (Params{{"optimizer", kSgd}, {"momentum", 0.9}, {"nesterov_from", 0.25}}));
}

TEST(SearchSpace, EncodesInactiveParametersAsAbsent) {
  const SearchSpace space = optimizer_space();
  const auto unit = space.encode({{"optimizer", kSgd}, {"momentum", 0.25}});
  ASSERT_EQ(unit.size(), 3u);
  EXPECT_EQ(unit[0], 0.75);
  EXPECT_EQ(unit[1], 0.25);
  EXPECT_EQ(unit[2], std::nullopt);
}

TEST(SearchSpace, ReportsUnknownNamesCyclesAndTypesAllAtOnce) {
  EXPECT_EQ(messages_of({when(bool_parameter("a"), "optimiser == 'sgd'"), categorical_parameter("optimizer", {"sgd"}),
                         when(bool_parameter("b"), "width > 3")}),
            (std::vector<std::string>{"space::unknown-name: the condition of `a` reads `optimiser`, which is no "
                                      "parameter of [space] / did you mean `optimizer`?",
                                      "space::unknown-name: the condition of `b` reads `width`, which is no parameter "
                                      "of [space]"}));
  EXPECT_EQ(messages_of({bool_parameter("free"), when(bool_parameter("a"), "b"), when(bool_parameter("b"), "a")}),
            (std::vector<std::string>{"space::cycle: the conditions of `a`, `b` depend on one another: no parameter "
                                      "could be chosen first"}));
  const auto typed = messages_of({categorical_parameter("kind", {"a", "b"}), when(bool_parameter("c"), "kind > 3")});
  ASSERT_EQ(typed.size(), 1u);
  EXPECT_EQ(typed.front().substr(0, 21), "space::bad-condition:");
}

TEST(SearchSpace, PointsAtTheConditionThatIsWrong) {
  Origins origins;
  origins["space.a.when"].value = {"spec.toml", 7, 30, 7, 40};
  try {
    SearchSpace({when(bool_parameter("a"), "nothing")}, origins);
    FAIL() << "an unknown name was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostics().front().place.line, 7);
    EXPECT_EQ(error.diagnostics().front().place.column, 30);
  }
}

TEST(SearchSpace, FillsDefaultsWithTheMiddle) {
  ParameterSpec rate = float_parameter("rate", 1e-4, 1e-2, LogScale::natural);
  ParameterSpec width = int_parameter("width", 1, 9);
  EXPECT_EQ(space_of({rate, width}).default_params(), std::nullopt);
  rate.default_value = 0.005;
  EXPECT_EQ(space_of({rate, width, categorical_parameter("optimizer", {kAdam, kSgd}),
                      when(bool_parameter("nesterov"), "optimizer == 'sgd'")})
                .default_params(),
            (Params{{"rate", 0.005}, {"width", std::int64_t{5}}, {"optimizer", kAdam}}));
}

TEST(SearchSpace, MakesAnIntegerDefaultOfAFloatANumber) {
  ParameterSpec rate = float_parameter("rate", 0, 2);
  rate.default_value = std::int64_t{1};
  EXPECT_EQ(space_of({rate}).default_params(), (Params{{"rate", 1.0}}));
}

TEST(SearchSpace, SaysWhatIsWrongWithGivenValues) {
  const SearchSpace space = optimizer_space();
  const auto complaint = [&](const Params& params) { return space.complaint_about(params).value_or(""); };
  EXPECT_EQ(complaint({{"optimizer", kSgd}, {"momentum", 0.3}}), "");
  EXPECT_EQ(complaint({{"optimizer", kSgd}}), "`momentum` is missing");
  EXPECT_EQ(complaint({{"optimizer", kAdam}, {"momentum", 0.3}}),
            "`momentum` must be left out: it is only there when optimizer == 'sgd'");
  EXPECT_EQ(complaint({{"optimizer", kAdam}, {"momentun", 0.3}}),
            "`momentun` is no parameter of the space; did you mean `momentum`?");
  EXPECT_EQ(complaint({{"optimizer", kSgd}, {"momentum", 3.0}}), "`momentum` must be from 0 to 1 (is `3`)");
}

TEST(SearchSpace, GivesEqualKeysToEqualConfigurationsOnly) {
  const SearchSpace space = space_of({float_parameter("x", 0, 10), categorical_parameter("c", {"a", "b;x=1"})});
  const std::string key = space.key({{"x", 2.0}, {"c", "a"}});
  EXPECT_EQ(space.key({{"x", std::int64_t{2}}, {"c", "a"}}), key);
  EXPECT_NE(space.key({{"x", 2.0}, {"c", "b;x=1"}}), key);
  EXPECT_NE(space.key({{"x", 2.0000000000000004}, {"c", "a"}}), key);
}

TEST(SearchSpace, CountsConfigurationsWithConditions) {
  EXPECT_EQ(space_of({bool_parameter("a"), int_parameter("n", 1, 5)}).configurations(), 10);
  EXPECT_EQ(space_of({bool_parameter("a"), when(int_parameter("n", 1, 5), "a")}).configurations(), 6);
  EXPECT_EQ(space_of({int_parameter("n", 1, 1000), int_parameter("m", 1, 1000)}).configurations(), 1000000);
  EXPECT_EQ(space_of({int_parameter("n", 1, 1000), int_parameter("m", 1, 1001)}).configurations(), std::nullopt);
  EXPECT_EQ(space_of({int_parameter("n", 1, 1e15), int_parameter("m", 1, 1e15)}).configurations(), std::nullopt);
  EXPECT_EQ(space_of({bool_parameter("a"), float_parameter("x", 0, 1)}).configurations(), std::nullopt);
}

}  // namespace
}  // namespace hone
