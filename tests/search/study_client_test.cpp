#include <gtest/gtest.h>

#include "search/registry.h"
#include "search/retry_rules.h"
#include "tests/search/study_process.h"

namespace hone {
namespace {

std::unique_ptr<Study> client_study(Store& store, const ExperimentSpec& spec, SimulatedClock& clock) {
  auto study = std::make_unique<Study>(
      store, spec, SearchSpace(spec.space, Origins{}), std::make_unique<RandomSampler>(true), make_scheduler(spec),
      [&clock] { return clock.now_us; }, Runner::client);
  study->open(std::nullopt);
  return study;
}

void fail(Study& study, const Launch& launch, FailureClass failure) {
  study.finish({launch.trial, launch.attempt, {failure, false, "said the client", 1}});
}

TEST(StudyOfAClient, WhatItCallsACrashIsFinal) {
  for (const FailureClass failure : {FailureClass::crash, FailureClass::stalled, FailureClass::non_finite}) {
    const AfterFailure after = after_failure(failure, {}, Runner::client);
    EXPECT_EQ(after.next, AfterFailure::Next::fail) << name_of(failure);
    EXPECT_EQ(after.failure, failure);
  }
}

TEST(StudyOfAClient, WhatIsNotTheTrialsFaultLeavesItWaitingHoweverOften) {
  TrialLedger ledger;
  for (const FailureClass failure : {FailureClass::usage, FailureClass::environment, FailureClass::disk_full,
                                     FailureClass::lost, FailureClass::preempted, FailureClass::hardware}) {
    ledger.retries[failure] = 100;
    EXPECT_EQ(after_failure(failure, ledger, Runner::client).next, AfterFailure::Next::retry) << name_of(failure);
  }
}

TEST(StudyOfAClient, GoesOnAfterAnyNumberOfFailures) {
  const FastFolder folder;
  const auto store = open_store(folder.study());
  SimulatedClock clock;
  const auto study = client_study(*store, plane_spec(1000), clock);
  for (int i = 0; i < 50; ++i) fail(*study, study->next().value(), FailureClass::crash);
  const Launch launch = study->next().value();
  fail(*study, launch, FailureClass::environment);
  EXPECT_EQ(study->next().value().trial, launch.trial);
  EXPECT_FALSE(study->done());
}

TEST(StudyOfAClient, ATrialSurvivesAnyNumberOfDeaths) {
  const FastFolder folder;
  SimulatedClock clock;
  for (int death = 0; death < 6; ++death) {
    const auto store = open_store(folder.study());
    const auto study = client_study(*store, plane_spec(1), clock);
    const Launch launch = study->next().value();
    EXPECT_EQ(launch.trial, 0);
    EXPECT_EQ(launch.attempt, death + 1);
  }
}

TEST(Study, SaysWhyNothingWasStarted) {
  const FastFolder folder;
  Process process(folder, plane_spec(1));
  const Launch launch = process.study->next().value();
  EXPECT_EQ(process.study->why_nothing(), "");
  EXPECT_EQ(process.study->next(), std::nullopt);
  EXPECT_EQ(process.study->why_nothing(), "1 trial");
  EXPECT_FALSE(process.study->done());
  process.report(launch, 1, 0.5);
  process.exit(launch);
  process.study->next();
  process.study->close();
  process.study->next();
  EXPECT_EQ(process.study->why_nothing(), "1 trial");
}

}  // namespace
}  // namespace hone
