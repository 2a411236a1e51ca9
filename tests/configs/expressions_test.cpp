#include "configs/expressions.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace hone {
namespace {

std::optional<ParamValue> evaluate(const std::string& text, const Params& params = {}) {
  return Expression::parse(text).evaluate([&](const std::string& name) -> std::optional<ParamValue> {
    const auto found = params.find(name);
    return found == params.end() ? std::nullopt : std::optional(found->second);
  });
}

ParamValue integer(std::int64_t value) { return value; }
ParamValue text(std::string value) { return value; }

/// "code at FIRST-LAST: message" of the mistake.
std::string mistake_in(const std::string& expression, const Params& params = {}) {
  try {
    evaluate(expression, params);
  } catch (const Error& error) {
    const Diagnostic& diagnostic = error.diagnostics().front();
    return diagnostic.code + " at " + std::to_string(diagnostic.place.column) + "-" +
           std::to_string(diagnostic.place.end_column) + ": " + diagnostic.message;
  }
  return "";
}

TEST(Expression, KeepsTheUsualPrecedence) {
  EXPECT_EQ(evaluate("1 + 2 * 3"), integer(7));
  EXPECT_EQ(evaluate("(1 + 2) * 3"), integer(9));
  EXPECT_EQ(evaluate("7 - 2 - 1"), integer(4));
  EXPECT_EQ(evaluate("-2 ** 2"), ParamValue(-4.0));
  EXPECT_EQ(evaluate("2 ** -1"), ParamValue(0.5));
  EXPECT_EQ(evaluate("2 ** 3 ** 2"), ParamValue(512.0));
  EXPECT_EQ(evaluate("not 1 == 2 and 2 < 3 or false"), ParamValue(true));
}

TEST(Expression, DividesAsPythonDoes) {
  EXPECT_EQ(evaluate("7 / 2"), ParamValue(3.5));
  EXPECT_EQ(evaluate("7 // 2"), integer(3));
  EXPECT_EQ(evaluate("-7 // 2"), integer(-4));
  EXPECT_EQ(evaluate("-7 % 2"), integer(1));
  EXPECT_EQ(evaluate("7 % -2"), integer(-1));
  EXPECT_EQ(evaluate("7.5 // 2"), ParamValue(3.0));
  EXPECT_EQ(evaluate("-7.5 % 2"), ParamValue(0.5));
}

TEST(Expression, CallsFunctions) {
  EXPECT_EQ(evaluate("max(1, 3, 2) + min(4, 5)"), integer(7));
  EXPECT_EQ(evaluate("log2(8)"), ParamValue(3.0));
  EXPECT_EQ(evaluate("exp(log(1))"), ParamValue(1.0));
  EXPECT_EQ(evaluate("floor(2.7) * 10 + ceil(2.2)"), integer(23));
  EXPECT_EQ(evaluate("abs(-3)"), integer(3));
}

TEST(Expression, ComparesChainsTextsAndLists) {
  const Params params = {{"optimizer", text("sgd")}, {"width", integer(64)}, {"bn", true}};
  EXPECT_EQ(evaluate("optimizer == 'sgd' and width in [32, 64]", params), ParamValue(true));
  EXPECT_EQ(evaluate("optimizer not in [\"adam\", \"sgd\"]", params), ParamValue(false));
  EXPECT_EQ(evaluate("32 < width <= 64", params), ParamValue(true));
  EXPECT_EQ(evaluate("32 < width < 64", params), ParamValue(false));
  EXPECT_EQ(evaluate("bn != false", params), ParamValue(true));
  EXPECT_EQ(evaluate("width == 64.0", params), ParamValue(true));
}

TEST(Expression, ReadsQualifiedNamesInOrderOfFirstUse) {
  const Expression expression = Expression::parse("model.width > b and a < model.width");
  EXPECT_EQ(expression.names(), (std::vector<std::string>{"model.width", "b", "a"}));
  EXPECT_EQ(expression.column_of("b"), 15);
}

TEST(Expression, NotesConstantsThatNamesAreComparedWith) {
  const auto constants = Expression::parse("o == 'x' and 3 < w and w in [1, -2]").constants();
  ASSERT_EQ(constants.size(), 4u);
  EXPECT_EQ(constants[0].name, "o");
  EXPECT_EQ(constants[0].value, text("x"));
  EXPECT_TRUE(constants[0].equality);
  EXPECT_EQ(constants[0].column, 6);
  EXPECT_EQ(constants[0].end_column, 9);
  EXPECT_EQ(constants[1].value, integer(3));
  EXPECT_FALSE(constants[1].equality);
  EXPECT_EQ(constants[3].value, integer(-2));
}

TEST(Expression, AbsentNamesMatterOnlyWhereTheyDecide) {
  EXPECT_EQ(evaluate("missing + 1"), std::nullopt);
  EXPECT_EQ(evaluate("missing == 1 and false"), ParamValue(false));
  EXPECT_EQ(evaluate("false and missing == 1"), ParamValue(false));
  EXPECT_EQ(evaluate("missing == 1 or true"), ParamValue(true));
  EXPECT_EQ(evaluate("missing == 1 or false"), std::nullopt);
  EXPECT_EQ(evaluate("not missing == 1"), std::nullopt);
  EXPECT_EQ(evaluate("1 in [missing, 1]"), ParamValue(true));
  EXPECT_EQ(evaluate("2 in [missing, 1]"), std::nullopt);
  const auto nothing = [](const std::string&) { return std::optional<ParamValue>(); };
  EXPECT_TRUE(Expression::parse("missing").is_true(nothing, true));
  EXPECT_FALSE(Expression::parse("missing").is_true(nothing, false));
}

TEST(Expression, WholeNumbersThatOverflowGoOnAsFloats) {
  EXPECT_EQ(evaluate("9223372036854775807 + 1"), ParamValue(9223372036854775808.0));
  EXPECT_EQ(evaluate("9223372036854775807 * -2"), ParamValue(-18446744073709551616.0));
  EXPECT_EQ(evaluate("(-9223372036854775807 - 1) // -1"), ParamValue(9223372036854775808.0));
}

TEST(Expression, NamesSyntaxMistakesWithTheirPlace) {
  EXPECT_EQ(mistake_in(""), "expression::syntax at 1-2: an expression must not be empty");
  EXPECT_EQ(mistake_in("a = 3"),
            "expression::syntax at 3-4: `=` has no meaning in an expression; equality is written ==");
  EXPECT_EQ(mistake_in("é > 1"), "expression::syntax at 1-2: `é` has no meaning in an expression");
  EXPECT_EQ(mistake_in("a == 'x"), "expression::syntax at 6-8: this text has no closing quote");
  EXPECT_EQ(mistake_in("1e"), "expression::syntax at 1-3: `1e` is no number");
  EXPECT_EQ(mistake_in("(1 + 2"), "expression::syntax at 7-8: the expression ends where `)` is expected");
  EXPECT_EQ(mistake_in("1 2"), "expression::syntax at 3-4: a value stands where an operator or the end is expected");
  EXPECT_EQ(mistake_in("a and and b"), "expression::syntax at 7-10: `and` stands where a value is expected");
  EXPECT_EQ(mistake_in("log(1, 2)"), "expression::syntax at 1-10: log takes one argument");
  EXPECT_EQ(mistake_in("min()"), "expression::syntax at 1-6: min takes at least one argument");
  EXPECT_EQ(mistake_in("ceul(1)"),
            "expression::unknown-function at 1-5: there is no function `ceul`; did you mean `ceil`?");
}

TEST(Expression, NamesWrongTypesWithTheirPlace) {
  const Params params = {{"optimizer", text("sgd")}, {"width", integer(64)}, {"bn", true}};
  EXPECT_EQ(mistake_in("optimizer == 3", params), "expression::type at 1-15: text sgd and number 3 cannot be compared");
  EXPECT_EQ(mistake_in("optimizer < 'x'", params),
            "expression::type at 1-16: only numbers have an order, not the text sgd");
  EXPECT_EQ(mistake_in("1 + optimizer", params), "expression::type at 5-14: a number is wanted, not the text sgd");
  EXPECT_EQ(mistake_in("bn + 1", params), "expression::type at 1-3: a number is wanted, not the true");
  EXPECT_EQ(mistake_in("width and bn", params), "expression::type at 1-6: true or false is wanted, not the number 64");
}

TEST(Expression, NamesResultsThatAreNotFinite) {
  EXPECT_EQ(mistake_in("1 / 0"), "expression::domain at 1-6: division by zero");
  EXPECT_EQ(mistake_in("1 // 0"), "expression::domain at 1-7: division by zero");
  EXPECT_EQ(mistake_in("1 + log(0)"), "expression::domain at 5-11: the result is not a finite number");
  EXPECT_EQ(mistake_in("10.0 ** 400"), "expression::domain at 1-12: the result is not a finite number");
}

TEST(Expression, BoundsLengthAndDepth) {
  EXPECT_EQ(mistake_in(std::string(5000, '(') + "1" + std::string(5000, ')')),
            "expression::too-long at 101-102: the expression is nested too deeply");
  EXPECT_EQ(mistake_in(std::string(5000, '-') + "1").substr(0, 20), "expression::too-long");
  std::string sum = "1";
  for (int i = 0; i < 5000; ++i) sum += "+1";
  EXPECT_EQ(mistake_in(sum).substr(0, 20), "expression::too-long");
}

}  // namespace
}  // namespace hone
