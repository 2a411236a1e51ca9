#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "core/error.h"
#include "tests/bench/problems/curves.h"
#include "tests/bench/problems/problem.h"

namespace hone {
namespace {

const std::filesystem::path kData = HONE_SOURCE_DIR "/../shared/data";

struct Facts {
  const char* table;
  Goal goal;
  double optimum;
  double median;
};

// search.md §18; medians there are rounded differently by up to 5e-5.
constexpr Facts kFacts[] = {
    {"naval", Goal::minimize, 3.19113e-5, .144468},   {"protein", Goal::minimize, .221379, .400379},
    {"australian", Goal::maximize, .944669, .898130}, {"car", Goal::maximize, 1, .930702},
    {"phoneme", Goal::maximize, .944470, .803143},    {"vehicle", Goal::maximize, .951570, .814175},
    {"nasbench201", Goal::maximize, 91.6067, 87.312}};

TEST(Tables, OptimumAndMedianAreTheKnownOnes) {
  if (!std::filesystem::exists(kData / "hpo_tables")) GTEST_SKIP() << "no shared/data/hpo_tables beside the sources";
  for (const Facts& facts : kFacts) {
    const BenchmarkProblem problem = open_problem(std::string("table:") + facts.table, kData);
    EXPECT_EQ(problem.goals.front(), facts.goal) << facts.table;
    EXPECT_NEAR(problem.optimum, facts.optimum, 5e-6 * facts.optimum) << facts.table;
    EXPECT_NEAR(problem.scale, std::abs(facts.median - facts.optimum), 1e-4 * facts.median) << facts.table;
    EXPECT_EQ(regret(problem, problem.optimum), 0);
    EXPECT_NEAR(regret(problem, facts.median), 1, 1e-4) << facts.table;
    EXPECT_EQ(share_better(problem, problem.optimum), 0.0);
    EXPECT_NEAR(share_better(problem, facts.median).value(), 0.5, 0.01) << facts.table;
  }
}

TEST(Tables, NoisyOneTellsSingleSeedsAroundTheMean) {
  if (!std::filesystem::exists(kData / "hpo_tables")) GTEST_SKIP() << "no shared/data/hpo_tables beside the sources";
  const BenchmarkProblem plain = open_problem("table:australian", kData);
  const BenchmarkProblem noisy = open_problem("table:australian+noise", kData);
  Params params;
  for (const ParameterSpec& axis : plain.space) params[axis.name] = axis.choices[1];
  RandomStream stream(1, -1, "noise");
  const double truth = plain.evaluate(params).front();
  EXPECT_EQ(plain.observe(params, stream).front(), truth);
  EXPECT_EQ(noisy.evaluate(params).front(), truth);
  double sum = 0;
  bool differs = false;
  for (int i = 0; i < 2000; ++i) {
    const double told = noisy.observe(params, stream).front();
    sum += told;
    differs = differs || told != truth;
  }
  EXPECT_TRUE(differs);
  EXPECT_NEAR(sum / 2000, truth, 0.01);  // seeds differ by a few hundredths
}

TEST(Tables, AnAbsentFileAndAnUnknownNameAreErrors) {
  EXPECT_THROW(open_problem("table:/nowhere.h5", kData), Error);
  EXPECT_THROW(open_problem("nothing", kData), Error);
  EXPECT_THROW(open_problem("bbob:f1", kData), Error);
  EXPECT_THROW(open_problem("branin:i", kData), Error);
}

TEST(Curves, FilesHoldAThousandRowsAndLiteralNan) {
  if (curve_names(kData).empty()) GTEST_SKIP() << "no shared/data/learning_curves beside the sources";
  ASSERT_EQ(curve_names(kData).size(), 6);
  const LearningCurves curves = load_curves(curve_names(kData).front(), kData);
  EXPECT_EQ(curves.rows.size(), 1000);
  EXPECT_LT(curves.best, curves.median_final);
  EXPECT_EQ(curve_score(curves, curves.best), 0);
  EXPECT_EQ(curve_score(curves, 1e18), 1);
}

TEST(Curves, ThePoolAnswersWithTheNearestRowOnceOnly) {
  if (curve_names(kData).empty()) GTEST_SKIP() << "no shared/data/learning_curves beside the sources";
  const LearningCurves curves = load_curves(curve_names(kData).front(), kData);
  CurvePool pool(curves);
  EXPECT_EQ(pool.take(curves.rows[17].params), 17);
  const auto second = pool.take(curves.rows[17].params);
  ASSERT_TRUE(second.has_value());
  EXPECT_NE(*second, 17);
  for (int i = 2; i < 1000; ++i) ASSERT_TRUE(pool.take(curves.rows[3].params).has_value());
  EXPECT_FALSE(pool.take(curves.rows[3].params).has_value());
}

}  // namespace
}  // namespace hone
