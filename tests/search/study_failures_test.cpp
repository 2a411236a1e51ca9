#include "search/study.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/search/study_process.h"

namespace hone {
namespace {

std::string what_of(const std::function<void()>& action, ExitCode exit_code) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(static_cast<int>(error.exit_code()), static_cast<int>(exit_code)) << error.what();
    return error.what();
  }
  return "no error";
}

TEST(StudyFailures, ACrashIsTriedOnceMoreWithTheSameParametersAndSeed) {
  const FastFolder folder;
  Process process(folder, plane_spec(1));
  const Launch first = process.study->next().value();
  process.exit(first, FailureClass::crash);
  EXPECT_EQ(process.trial(0).state, TrialState::waiting);
  const Launch second = process.study->next().value();
  EXPECT_EQ(second.trial, 0);
  EXPECT_EQ(second.attempt, 2);
  EXPECT_EQ(second.params, first.params);
  EXPECT_EQ(second.seed, first.seed);
  process.exit(second, FailureClass::crash);
  EXPECT_EQ(process.trial(0).state, TrialState::failed);
  EXPECT_EQ(process.trial(0).failure, FailureClass::crash);
  EXPECT_EQ(process.trial(0).seconds, 3);
}

TEST(StudyFailures, ATrialWithoutTheObjectiveFailed) {
  const FastFolder folder;
  Process process(folder, plane_spec(1));
  process.exit(process.study->next().value());
  EXPECT_EQ(process.trial(0).failure, FailureClass::no_result);
  EXPECT_EQ(process.trial(0).message, "ended without reporting `loss`");
}

TEST(StudyFailures, WhatRanWhenTheCoordinatorDiedGoesOnFromItsCheckpoint) {
  const FastFolder folder;
  const ExperimentSpec spec = asha_spec(1, 9);
  std::uint64_t seed = 0;
  {
    Process process(folder, spec);
    const Launch launch = process.study->next().value();
    seed = launch.seed;
    process.report(launch, 1, 0.5);
    process.study->checkpoint({0, 1, "checkpoint-1.h5", 1});
    process.exit(launch);
    EXPECT_EQ(process.trial(0).state, TrialState::rested);
    EXPECT_EQ(process.study->next()->budget, 3);
    process.clock.advance(10);
    process.study->checkpoint({0, 2, "checkpoint-2.h5", 2});
  }
  Process process(folder, spec);
  EXPECT_EQ(process.trial(0).state, TrialState::waiting);
  EXPECT_EQ(process.trial(0).failure, FailureClass::lost);
  EXPECT_EQ(process.trial(0).seconds, 11.5);
  EXPECT_EQ(process.study->search_seconds(), 10);
  const Launch launch = process.study->next().value();
  EXPECT_EQ(launch.attempt, 3);
  EXPECT_EQ(launch.budget, 3);
  EXPECT_EQ(launch.resume, "checkpoint-2.h5");
  EXPECT_EQ(launch.seed, seed);
}

TEST(StudyFailures, ATrialLostFourTimesFailed) {
  const FastFolder folder;
  for (int process = 0; process < 4; ++process) {
    Process mortal(folder, plane_spec(1));
    EXPECT_EQ(mortal.study->next()->attempt, process + 1);
  }
  Process process(folder, plane_spec(1));
  EXPECT_EQ(process.trial(0).state, TrialState::failed);
  EXPECT_EQ(process.trial(0).failure, FailureClass::lost);
  EXPECT_EQ(process.study->next(), std::nullopt);
  EXPECT_TRUE(process.study->done());
}

TEST(StudyFailures, InterruptionsByHoneAreNoRetries) {
  const FastFolder folder;
  Process process(folder, plane_spec(1));
  for (int round = 0; round < 20; ++round) {
    process.exit(process.study->next().value(), FailureClass::preempted, /*stopped=*/true, "interrupted");
  }
  EXPECT_EQ(process.trial(0).state, TrialState::waiting);
  EXPECT_TRUE(process.study->state().ledgers[0].retries.empty());
}

TEST(StudyFailures, WhatTheSchedulerStopsIsStoppedAndKeepsItsValue) {
  const FastFolder folder;
  Process process(folder, plane_spec(2), std::make_unique<StoppingScheduler>());
  const Launch launch = process.study->next().value();
  EXPECT_EQ(process.report(launch, 1, 0.5), Verdict::keep);
  EXPECT_EQ(process.report(launch, 2, 0.25), Verdict::stop);
  process.exit(launch, FailureClass::none, /*stopped=*/true, "stopped by the scheduler");
  EXPECT_EQ(process.trial(0).state, TrialState::stopped);
  EXPECT_EQ(process.study->history().trials[0].value, 0.25);
}

TEST(StudyFailures, WhatWasAboutToStopWhenTheCoordinatorDiedIsStopped) {
  const FastFolder folder;
  {
    Process process(folder, plane_spec(2), std::make_unique<StoppingScheduler>());
    const Launch launch = process.study->next().value();
    process.report(launch, 1, 0.5);
    process.report(launch, 2, 0.25);
  }
  Process process(folder, plane_spec(2), std::make_unique<StoppingScheduler>());
  EXPECT_EQ(process.trial(0).state, TrialState::stopped);
  EXPECT_EQ(process.study->next()->trial, 1);
}

TEST(StudyFailures, ATrialThatReachedItsBudgetAfterAllIsNotStopped) {
  const FastFolder folder;
  Process process(folder, plane_spec(2), std::make_unique<StoppingScheduler>());
  const Launch launch = process.study->next().value();
  process.report(launch, 8, 0.5);
  process.report(launch, 9, 0.25);
  process.exit(launch);
  EXPECT_EQ(process.trial(0).state, TrialState::completed);
}

TEST(StudyFailures, WrongUsageEndsTheProcessAndCostsNoTrial) {
  const FastFolder folder;
  {
    Process process(folder, plane_spec(1));
    process.exit(process.study->next().value(), FailureClass::usage, false, "exit code 64: unknown option --lr\nmore");
    EXPECT_EQ(process.study->next(), std::nullopt);
    EXPECT_EQ(what_of([&] { process.study->done(); }, ExitCode::usage),
              "trial::usage: trial 0 was called in a wrong way: exit code 64: unknown option --lr");
  }
  Process process(folder, plane_spec(1));
  const Launch again = process.study->next().value();
  EXPECT_EQ(again.trial, 0);
  EXPECT_EQ(again.attempt, 2);
}

TEST(StudyFailures, AFullDiskAndAMissingPartEndTheProcess) {
  const FastFolder folder;
  {
    Process process(folder, plane_spec(1));
    process.exit(process.study->next().value(), FailureClass::disk_full, false, "No space left on device");
    EXPECT_EQ(what_of([&] { process.study->done(); }, ExitCode::busy),
              "study::disk-full: trial 0 found the disk full: No space left on device");
  }
  Process process(folder, plane_spec(1));
  process.exit(process.study->next().value(), FailureClass::environment, false, "libfoo.so is missing");
  EXPECT_EQ(what_of([&] { process.study->done(); }, ExitCode::missing_part),
            "trial::environment: trial 0 lacks what it needs to run: libfoo.so is missing");
}

TEST(StudyFailures, ABreakerEndsTheProcessAndTheNextOneGoesOn) {
  const FastFolder folder;
  {
    Process process(folder, plane_spec(9));
    for (int i = 0; i < 3; ++i) {
      process.exit(process.study->next().value(), FailureClass::timeout, false, "no end after 10 s");
    }
    EXPECT_EQ(process.study->next(), std::nullopt);
    EXPECT_EQ(what_of([&] { process.study->done(); }, ExitCode::breaker),
              "study::breaker: the study was ended because 3 trials failed in the same way and none succeeded; the "
              "last one: no end after 10 s");
  }
  Process process(folder, plane_spec(9));
  EXPECT_FALSE(process.study->done());
  EXPECT_EQ(process.study->next()->trial, 3);
}

}  // namespace
}  // namespace hone
