#include "search/study.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/search/study_process.h"

namespace hone {
namespace {

using Lines = std::vector<std::string>;

TEST(Study, EventsHaveTheBodiesThatReadersExpect) {
  const FastFolder folder;
  ExperimentSpec spec = plane_spec(2);
  spec.space.resize(1);
  spec.space[0].default_value = 0.5;
  Process process(folder, spec);
  const Launch first = process.study->next().value();
  process.report(first, 1, 0.25);
  process.report(first, 2, 0.125, /*final=*/true);
  process.study->checkpoint({0, 1, "checkpoint-1.h5", 1});
  process.exit(first);
  const Lines expected = {R"(study_opened{"name":"plane"})",
                          R"(asked{"notes":{},"origin":"default","params":{"x":0.5},"seed":")" +
                              std::to_string(trial_seed(7, 0)) + R"(","seen":1})",
                          R"(launched{"budget":0.0,"from":0.0,"resume":""})",
                          R"(reported{"metrics":{"loss":0.25},"step":1.0})",
                          R"(reported{"final":true,"metrics":{"loss":0.125},"step":2.0})",
                          R"(checkpointed{"file":"checkpoint-1.h5","step":1.0})",
                          R"(completed{"budget":0.0,"seconds":1.5})"};
  EXPECT_EQ(process.new_events(), expected);

  const Launch second = process.study->next().value();
  process.exit(second, FailureClass::crash, false, "exit code 1\nlast \xff words");
  process.exit(process.study->next().value(), FailureClass::crash, false, "exit code 1");
  const Lines after = process.new_events();
  ASSERT_EQ(after.size(), 5U);
  EXPECT_EQ(
      after[2],
      "attempt_ended{\"class\":\"crash\",\"message\":\"exit code 1\\nlast \xef\xbf\xbd words\",\"next\":\"retry\","
      "\"seconds\":1.5}");
  EXPECT_EQ(after[4], R"(failed{"class":"crash","message":"exit code 1","seconds":1.5})");
}

TEST(Study, AskedAndLaunchedAreInTheStoreWhenNextReturns) {
  const FastFolder folder;
  Process process(folder, plane_spec(2));
  process.study->next();
  const Lines expected = {"study_opened", "asked 0", "launched 0"};
  EXPECT_EQ(trace_of(open_store_to_read(folder.study())->load()), expected);
}

TEST(Study, TheFirstTrialHasTheDefaults) {
  const FastFolder folder;
  ExperimentSpec spec = plane_spec(2);
  spec.space[0].default_value = 0.5;
  Process process(folder, spec);
  const Launch first = process.study->next().value();
  EXPECT_EQ(to_text(first.params.at("x")), "0.5");
  EXPECT_EQ(process.trial(0).origin, TrialOrigin::default_);
  process.study->next();
  EXPECT_EQ(process.trial(1).origin, TrialOrigin::sampler);
}

TEST(Study, AnEmptySpaceHasOneConfiguration) {
  const FastFolder folder;
  ExperimentSpec spec = plane_spec(5);
  spec.space.clear();
  Process process(folder, spec);
  const Launch only = process.study->next().value();
  EXPECT_TRUE(only.params.empty());
  EXPECT_EQ(process.study->next(), std::nullopt);
  EXPECT_FALSE(process.study->done());
  process.report(only, 1, 0.5);
  process.exit(only);
  EXPECT_EQ(process.study->next(), std::nullopt);
  EXPECT_TRUE(process.study->done());
  process.study->close();
  EXPECT_EQ(process.study->state().closed_reason, "space exhausted");
}

TEST(Study, WhatALateAttemptSaysIsIgnored) {
  const FastFolder folder;
  Process process(folder, plane_spec(1));
  const Launch first = process.study->next().value();
  process.exit(first, FailureClass::crash);
  const Launch second = process.study->next().value();
  process.study->take_new_events();
  process.report(first, 1, 0.5);
  process.study->checkpoint({0, 1, "checkpoint-1.h5", 1});
  process.exit(first);
  EXPECT_TRUE(process.new_events().empty());
  process.report(second, 1, 0.25);
  process.exit(second);
  process.exit(second);
  EXPECT_EQ(process.new_events().size(), 2U);
  EXPECT_EQ(process.trial(0).state, TrialState::completed);
}

TEST(Study, RepeatedStepsAreIgnored) {
  const FastFolder folder;
  Process process(folder, plane_spec(1));
  const Launch launch = process.study->next().value();
  process.report(launch, 1, 0.5);
  process.report(launch, 2, 0.25);
  process.report(launch, 2, 0.75);
  process.report(launch, 1, 0.75);
  ASSERT_EQ(process.trial(0).curve.size(), 2U);
  EXPECT_EQ(process.trial(0).curve[1].metrics.at("loss"), 0.25);
}

TEST(Study, NumbersThatAreNoneDoNotEnterTheStore) {
  const FastFolder folder;
  Process process(folder, plane_spec(1));
  const Launch launch = process.study->next().value();
  process.study->take_new_events();
  process.report(launch, 1, std::numeric_limits<double>::quiet_NaN());
  const Lines expected = {R"(reported{"metrics":{},"step":1.0})"};
  EXPECT_EQ(process.new_events(), expected);
  EXPECT_EQ(process.study->history().trials[0].value, std::nullopt);
}

TEST(Study, CompressionIsRecordedAfterTheEnd) {
  const FastFolder folder;
  run_to_end(folder.study(), plane_spec(1), bowl());
  {
    Process process(folder, plane_spec(1));
    process.study->record_compressed(R"({ "size": 4 })");
  }
  EXPECT_EQ(fold(open_store_to_read(folder.study())->load()).compressed, R"({"size":4})");
}

TEST(Study, TheFactsOfTheDataStandInTheFirstEvent) {
  const FastFolder folder;
  SimulatedClock clock;
  const auto store = open_store(folder.study());
  const auto study = make_study(*store, plane_spec(1), clock);
  DataFacts facts;
  facts.task = "classification";
  facts.hash = "abc";
  facts.classes = {"a", "b"};
  facts.class_counts = {3, 4};
  study->open(facts);
  study->open(std::nullopt);
  const StudyState state = fold(store->load());
  EXPECT_EQ(state.last_seq, 1);
  EXPECT_EQ(state.opened_time_us, clock.now_us);
  ASSERT_TRUE(state.facts);
  EXPECT_EQ(state.facts->classes, facts.classes);
}

TEST(Study, TheWallClockNeverGoesBack) {
  const Study::Clock clock = make_wall_clock();
  std::int64_t before = clock();
  EXPECT_GT(before, 1'600'000'000'000'000);
  for (int i = 0; i < 1000; ++i) {
    const std::int64_t now = clock();
    ASSERT_GE(now, before);
    before = now;
  }
}

}  // namespace
}  // namespace hone
