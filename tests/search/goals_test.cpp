#include "search/goals.h"

#include <gtest/gtest.h>

#include "search/objective.h"

namespace hone {
namespace {

/// Loss minimised, acc maximised, latency at most 5.
ExperimentSpec two_goals() {
  ExperimentSpec spec;
  ObjectiveSpec loss;
  loss.metric = "loss";
  ObjectiveSpec accuracy;
  accuracy.metric = "acc";
  accuracy.goal = Goal::maximize;
  accuracy.from = "best";
  spec.objectives = {loss, accuracy};
  spec.constraints.outcome = {"latency_ms <= 5"};
  return spec;
}

std::vector<TrialReport> reports(const std::vector<std::map<std::string, double>>& metrics) {
  std::vector<TrialReport> curve;
  for (const auto& report : metrics) curve.push_back({static_cast<double>(curve.size() + 1), report});
  return curve;
}

TEST(Goals, TurnEveryMaximisedObjectiveAndMeasureViolations) {
  const Goals goals(two_goals());
  const auto score = goals.score(reports({{{"loss", 2}, {"acc", 0.9}, {"latency_ms", 7}}, {{"acc", 0.8}}}), {});
  ASSERT_TRUE(score);
  EXPECT_EQ(score->value, 2);
  EXPECT_EQ(score->others, (std::vector<double>{-0.9}));
  EXPECT_EQ(score->violations, (std::vector<double>{2}));
  EXPECT_FALSE(is_feasible(*score));
  EXPECT_EQ(total_violation(*score), 2);
}

TEST(Goals, ATrialWithoutOneOfItsMetricsHasNoScore) {
  const Goals goals(two_goals());
  EXPECT_EQ(goals.metrics(), (std::vector<std::string>{"loss", "acc", "latency_ms"}));
  EXPECT_FALSE(goals.score(reports({{{"loss", 2}, {"acc", 0.9}}}), {}));
  EXPECT_FALSE(goals.score(reports({{{"loss", 2}, {"latency_ms", 1}}}), {}));
  EXPECT_TRUE(goals.score(reports({{{"loss", 2}, {"acc", 0.9}}}), {{"latency_ms", 1}}));
}

TEST(Goals, ACurveHasAPointOnceAllObjectivesAreKnown) {
  const Goals goals(two_goals());
  const std::vector<TrialReport> curve =
      reports({{{"loss", 3}}, {{"loss", 2}, {"acc", 0.5}}, {{"latency_ms", 4}}, {{"loss", 1}, {"acc", 0.4}}});
  std::vector<RungValue> points;
  for (std::size_t i = 1; i <= curve.size(); ++i) goals.add_point(std::span(curve).first(i), points);
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[0].budget, 2);
  EXPECT_EQ(points[0].others, (std::vector<double>{-0.5}));
  EXPECT_TRUE(points[0].violations.empty());
  EXPECT_EQ(points[1].budget, 4);
  EXPECT_EQ(points[1].value, 1);
  EXPECT_EQ(points[1].others, (std::vector<double>{-0.5}));  // the best so far
  EXPECT_EQ(points[1].violations, (std::vector<double>{-1}));
}

TEST(Goals, APointAddedIsWhatTheWholeCurveGives) {
  for (const char* from : {"last", "best", "mean:2"}) {
    ExperimentSpec spec = two_goals();
    for (ObjectiveSpec& objective : spec.objectives) objective.from = from;
    const Goals goals(spec);
    Trial trial;
    trial.state = TrialState::running;
    HistoryTrial added;
    for (int step = 1; step <= 6; ++step) {
      const double wave = (step * 5) % 7;
      trial.curve.push_back({static_cast<double>(step), {{"loss", wave}, {"acc", 7 - wave}, {"latency_ms", wave}}});
      add_report(added, trial, goals);
      HistoryTrial whole;
      update_view(whole, trial, {}, goals);
      ASSERT_EQ(added.value, whole.value) << from << step;
      ASSERT_EQ(added.others, whole.others);
      ASSERT_EQ(added.violations, whole.violations);
      ASSERT_EQ(added.curve.size(), whole.curve.size());
      ASSERT_EQ(added.curve.back().value, whole.curve.back().value);
    }
  }
}

TEST(OutcomeLimit, IsByHowMuchTheSmallerSideIsLarger) {
  const auto excess = [](const std::string& text) {
    const OutcomeLimit limit = OutcomeLimit::make(text, {{"acc", 0.5}});
    const auto lookup = [&](const std::string& name) -> std::optional<ParamValue> {
      if (name == "baseline") return limit.baseline ? std::optional<ParamValue>(*limit.baseline) : std::nullopt;
      return ParamValue(name == "acc" ? 0.25 : 8.0);
    };
    return as_number(limit.excess.evaluate(lookup).value());
  };
  EXPECT_EQ(excess("latency_ms <= 5"), 3);
  EXPECT_EQ(excess("5 >= latency_ms"), 3);
  EXPECT_EQ(excess("acc>=0.5*baseline"), 0);
  EXPECT_EQ(excess("acc > 0.5"), 0.25);
  EXPECT_EQ(excess("latency_ms / 2 + memory < 3"), 9);
}

}  // namespace
}  // namespace hone
