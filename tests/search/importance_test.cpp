#include "search/analysis/importance.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hone {
namespace {

ParameterSpec unit_float(const std::string& name) {
  ParameterSpec spec;
  spec.name = name;
  spec.low = 0;
  spec.high = 1;
  return spec;
}

ParameterSpec three_words(const std::string& name) {
  ParameterSpec spec;
  spec.name = name;
  spec.type = ParameterType::categorical;
  spec.choices = {std::string("a"), std::string("b"), std::string("c")};
  return spec;
}

double fraction(double x) { return x - std::floor(x); }

// The vector was computed with Optuna 5.0-dev's PedAnovaImportanceEvaluator.
TEST(ParameterImportance, EqualsOptunaOnAKnownVector) {
  const SearchSpace space({unit_float("x"), unit_float("y"), three_words("c")}, {});
  std::vector<ScoredParams> trials;
  for (int i = 0; i < 200; ++i) {
    const double x = fraction(0.6180339887 * i);
    const double y = fraction(0.7548776662 * i);
    const int c = i % 3;
    trials.push_back({{{"x", x}, {"y", y}, {"c", std::string(1, static_cast<char>('a' + c))}},
                      (x - 0.3) * (x - 0.3) + 0.01 * y + (c == 2 ? 0.2 : 0.0)});
  }
  const auto shares = parameter_importance(space, trials);
  ASSERT_EQ(shares.size(), 3u);
  EXPECT_EQ(shares[0].name, "x");
  EXPECT_EQ(shares[1].name, "c");
  EXPECT_EQ(shares[2].name, "y");
  // The vector is given with five digits.
  EXPECT_NEAR(shares[0].share, 0.97034, 5e-6);
  EXPECT_NEAR(shares[1].share, 0.02650, 5e-6);
  EXPECT_NEAR(shares[2].share, 0.00316, 5e-6);
}

TEST(ParameterImportance, SaysNothingAboutOneTrialOrOneParameter) {
  const SearchSpace one({unit_float("x")}, {});
  const SearchSpace two({unit_float("x"), unit_float("y")}, {});
  const ScoredParams trial{{{"x", 0.5}, {"y", 0.5}}, 1.0};
  EXPECT_TRUE(parameter_importance(one, std::vector<ScoredParams>{trial, trial}).empty());
  EXPECT_TRUE(parameter_importance(two, std::vector<ScoredParams>{trial}).empty());
}

TEST(ParameterImportance, CountsAConditionalParameterByHowOftenItIsActive) {
  ParameterSpec inner = unit_float("inner");
  inner.when = "c == 'a'";
  const SearchSpace space({three_words("c"), inner}, {});
  std::vector<ScoredParams> trials;
  for (int i = 0; i < 60; ++i) {
    const int c = i % 3;
    Params params = {{"c", std::string(1, static_cast<char>('a' + c))}};
    const double x = fraction(0.6180339887 * i);
    if (c == 0) params["inner"] = x;
    trials.push_back({params, c == 0 ? x : 2.0});
  }
  const auto shares = parameter_importance(space, trials);
  ASSERT_EQ(shares.size(), 2u);
  EXPECT_GT(shares[0].share, shares[1].share);
  EXPECT_NEAR(shares[0].share + shares[1].share, 1.0, 1e-12);
  EXPECT_EQ(shares[0].name, "inner");
}

}  // namespace
}  // namespace hone
