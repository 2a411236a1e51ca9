#include "search/cached_answers.h"

#include <gtest/gtest.h>

#include <set>

#include "search/registry.h"
#include "search/study_verify.h"
#include "tests/search/study_process.h"

namespace hone {
namespace {

/// Four configurations, drawn whether they were tried or not.
ExperimentSpec repeating_spec(std::optional<double> noise) {
  ExperimentSpec spec = plane_spec(10);
  spec.space.resize(1);
  spec.space[0].type = ParameterType::int_;
  spec.space[0].low = 0;
  spec.space[0].high = 3;
  spec.sampler.kind = "random";
  spec.sampler.dedupe = false;
  spec.objectives[0].noise = noise;
  return spec;
}

/// Runs one trial after the other to the end; the loss is x.
void run_to_the_end(Process& process) {
  while (const auto launch = process.study->next()) {
    process.report(*launch, 1, as_number(launch->params.at("x")));
    process.exit(*launch);
  }
}

std::set<std::string> launched(const StudyState& state) {
  std::set<std::string> values;
  for (const Trial& trial : state.trials) {
    if (!is_answered(trial)) values.insert(to_text(trial.params.at("x")));
  }
  return values;
}

TEST(CachedAnswers, ARepeatOfADeterministicTrialCostsNothing) {
  const FastFolder folder;
  Process process(folder, repeating_spec(0.0));
  run_to_the_end(process);
  const StudyState& state = process.study->state();
  EXPECT_EQ(launched(state).size(), 4u);
  EXPECT_EQ(static_cast<std::int64_t>(state.trials.size()) - count_answered(state), 4);
  EXPECT_GT(count_answered(state), 6) << "answers do not count against the ten trials of the budget";
  EXPECT_TRUE(process.study->done());
  EXPECT_EQ(process.study->why_nothing(), "space exhausted");
  for (const Trial& trial : state.trials) {
    EXPECT_EQ(trial.state, TrialState::completed);
    EXPECT_EQ(trial.curve.back().metrics.at("loss"), as_number(trial.params.at("x")));
  }
  process.study->close();
  // The log says the same when it is folded again.
  EXPECT_EQ(count_answered(fold(open_store_to_read(folder.study())->load())), count_answered(state));
}

TEST(CachedAnswers, ThePolicySeesThem) {
  const FastFolder folder;
  Process process(folder, repeating_spec(0.0));
  run_to_the_end(process);
  for (const HistoryTrial& trial : process.study->history().trials) {
    EXPECT_TRUE(trial.teaches);
    EXPECT_TRUE(trial.value);
  }
}

TEST(CachedAnswers, ANoisyOrUnknownObjectiveIsMeasuredAgain) {
  for (const std::optional<double> noise : {std::optional<double>(), std::optional<double>(0.1)}) {
    const FastFolder folder;
    Process process(folder, repeating_spec(noise));
    run_to_the_end(process);
    EXPECT_EQ(process.study->state().trials.size(), 10u);
    EXPECT_EQ(count_answered(process.study->state()), 0);
  }
}

TEST(CachedAnswers, TheCacheCanBeSwitchedOff) {
  const FastFolder folder;
  ExperimentSpec spec = repeating_spec(0.0);
  spec.study.cache = false;
  Process process(folder, spec);
  run_to_the_end(process);
  EXPECT_EQ(count_answered(process.study->state()), 0);
}

TEST(CachedAnswers, ATrialThatStillRunsAnswersNothing) {
  const FastFolder folder;
  ExperimentSpec spec = repeating_spec(0.0);
  spec.space[0].high = 0;
  Process process(folder, spec);
  process.study->next();
  EXPECT_TRUE(process.study->next().has_value());
}

TEST(CachedAnswers, OrderStrictAnswersToo) {
  const FastFolder folder;
  ExperimentSpec spec = repeating_spec(0.0);
  spec.study.order = "strict";
  spec.study.lookahead = 2;
  Process process(folder, spec);
  run_to_the_end(process);
  EXPECT_GT(count_answered(process.study->state()), 0);
  EXPECT_EQ(launched(process.study->state()).size(), 4u);
}

TEST(CachedAnswers, VerifyDerivesThemAgain) {
  for (const char* order : {"free", "strict"}) {
    const FastFolder folder;
    ExperimentSpec spec = repeating_spec(0.0);
    spec.study.order = order;
    spec.study.lookahead = 2;
    Process process(folder, spec);
    run_to_the_end(process);
    std::vector<Event> events = open_store_to_read(folder.study())->load();
    const auto make = [&](const std::string&) {
      return Policies{spec, SearchSpace(spec.space, Origins()), make_sampler(spec), make_scheduler(spec)};
    };
    EXPECT_FALSE(verify_study(events, "", make).difference) << order;
    for (Event& event : events) {
      if (event.kind == EventKind::answered) event.body = R"({"of":99})";
    }
    EXPECT_EQ(verify_study(events, "", make).difference.value().what, "answer") << order;
  }
}

}  // namespace
}  // namespace hone
