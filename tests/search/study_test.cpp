#include "search/study.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/error.h"
#include "search/samplers/random_sampler.h"
#include "tests/search/simulation.h"

namespace hone {
namespace {

/// Stops every trial at its second report.
class StoppingScheduler final : public Scheduler {
 public:
  std::vector<double> rungs() const override { return {9}; }
  double first_budget(const History&) const override { return 9; }
  Verdict judge(const History& history, std::int64_t trial) const override {
    return history.trials[static_cast<std::size_t>(trial)].curve.size() >= 2 ? Verdict::stop : Verdict::keep;
  }
  std::optional<Promotion> promote(const History&) const override { return std::nullopt; }
};

/// One process of a study, driven by hand.
struct Process {
  Process(const FastFolder& folder, const ExperimentSpec& spec) : store(open_store(folder.study())) {
    clock.advance(3600);
    study = make_study(*store, spec, clock);
    study->open(std::nullopt);
  }
  Process(const FastFolder& folder, const ExperimentSpec& spec, std::unique_ptr<Scheduler> scheduler)
      : store(open_store(folder.study())) {
    study =
        std::make_unique<Study>(*store, spec, SearchSpace(spec.space, Origins{}), std::make_unique<RandomSampler>(true),
                                std::move(scheduler), [this] { return clock.now_us; });
    study->open(std::nullopt);
  }

  Verdict report(const Launch& launch, double step, double loss, bool final = false) {
    LaunchReported reported;
    reported.trial = launch.trial;
    reported.attempt = launch.attempt;
    reported.step = step;
    reported.metrics["loss"] = loss;
    reported.final = final;
    return study->report(reported);
  }
  void exit(const Launch& launch, FailureClass failure = FailureClass::none, bool stopped = false,
            const std::string& message = "") {
    LaunchExited exited;
    exited.trial = launch.trial;
    exited.attempt = launch.attempt;
    exited.outcome = {failure, stopped, message, 1.5};
    study->finish(exited);
  }
  const Trial& trial(std::size_t id) const { return study->state().trials.at(id); }
  /// Bodies of the newest events with their kinds.
  std::vector<std::string> new_events() {
    std::vector<std::string> lines;
    for (const Event& event : study->take_new_events()) lines.push_back(std::string(name_of(event.kind)) + event.body);
    return lines;
  }

  SimulatedClock clock;
  std::unique_ptr<Store> store;
  std::unique_ptr<Study> study;
};

std::string what_of(const std::function<void()>& action, ExitCode exit_code) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(static_cast<int>(error.exit_code()), static_cast<int>(exit_code)) << error.what();
    return error.what();
  }
  return "no error";
}

ExperimentSpec asha_spec(std::int64_t trials, double max) {
  ExperimentSpec spec = plane_spec(trials);
  spec.scheduler.kind = "asha";
  spec.fidelity.min = 1;
  spec.fidelity.max = max;
  return spec;
}

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

TEST(Study, ACrashIsTriedOnceMoreWithTheSameParametersAndSeed) {
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

TEST(Study, ATrialWithoutTheObjectiveFailed) {
  const FastFolder folder;
  Process process(folder, plane_spec(1));
  process.exit(process.study->next().value());
  EXPECT_EQ(process.trial(0).failure, FailureClass::no_result);
  EXPECT_EQ(process.trial(0).message, "ended without reporting `loss`");
}

TEST(Study, WhatRanWhenTheCoordinatorDiedGoesOnFromItsCheckpoint) {
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

TEST(Study, ATrialLostFourTimesFailed) {
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

TEST(Study, InterruptionsByHoneAreNoRetries) {
  const FastFolder folder;
  Process process(folder, plane_spec(1));
  for (int round = 0; round < 20; ++round) {
    process.exit(process.study->next().value(), FailureClass::preempted, /*stopped=*/true, "interrupted");
  }
  EXPECT_EQ(process.trial(0).state, TrialState::waiting);
  EXPECT_TRUE(process.study->state().ledgers[0].retries.empty());
}

TEST(Study, WhatTheSchedulerStopsIsStoppedAndKeepsItsValue) {
  const FastFolder folder;
  Process process(folder, plane_spec(2), std::make_unique<StoppingScheduler>());
  const Launch launch = process.study->next().value();
  EXPECT_EQ(process.report(launch, 1, 0.5), Verdict::keep);
  EXPECT_EQ(process.report(launch, 2, 0.25), Verdict::stop);
  process.exit(launch, FailureClass::none, /*stopped=*/true, "stopped by the scheduler");
  EXPECT_EQ(process.trial(0).state, TrialState::stopped);
  EXPECT_EQ(process.study->history().trials[0].value, 0.25);
}

TEST(Study, WhatWasAboutToStopWhenTheCoordinatorDiedIsStopped) {
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

TEST(Study, ATrialThatReachedItsBudgetAfterAllIsNotStopped) {
  const FastFolder folder;
  Process process(folder, plane_spec(2), std::make_unique<StoppingScheduler>());
  const Launch launch = process.study->next().value();
  process.report(launch, 8, 0.5);
  process.report(launch, 9, 0.25);
  process.exit(launch);
  EXPECT_EQ(process.trial(0).state, TrialState::completed);
}

TEST(Study, WrongUsageEndsTheProcessAndCostsNoTrial) {
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

TEST(Study, AFullDiskAndAMissingPartEndTheProcess) {
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

TEST(Study, ABreakerEndsTheProcessAndTheNextOneGoesOn) {
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

TEST(Study, PromotionsAreLaunchedWhenNoNewTrialMayStart) {
  const FastFolder folder;
  Process process(folder, asha_spec(3, 3));
  std::vector<double> budgets;
  while (const auto launch = process.study->next()) {
    budgets.push_back(launch->budget);
    process.report(*launch, launch->budget, static_cast<double>(launch->trial));
    process.exit(*launch);
  }
  EXPECT_EQ(budgets, (std::vector<double>{1, 1, 1, 3}));
  EXPECT_TRUE(process.study->done());
  EXPECT_EQ(process.trial(0).state, TrialState::completed);
  EXPECT_EQ(process.trial(0).reached, (std::vector<double>{1, 3}));
}

TEST(Study, UnitsCountFromTheCheckpoint) {
  const FastFolder folder;
  ExperimentSpec spec = asha_spec(1, 3);
  spec.budget.units = 3;
  Process process(folder, spec);
  const Launch launch = process.study->next().value();
  process.report(launch, 1, 0.5);
  process.study->checkpoint({0, 1, "checkpoint-1.h5", 1});
  process.exit(launch);
  EXPECT_EQ(process.study->state().units, 1);
  EXPECT_EQ(process.study->next()->resume, "checkpoint-1.h5");
  EXPECT_EQ(process.study->state().units, 3);
}

TEST(Study, APromotionThatIsTooDearIsNotLaunched) {
  const FastFolder folder;
  ExperimentSpec spec = asha_spec(9, 3);
  spec.budget.units = 3;
  Process process(folder, spec);
  for (int i = 0; i < 3; ++i) {
    const Launch launch = process.study->next().value();
    EXPECT_EQ(launch.budget, 1);
    process.report(launch, 1, 0.5);
    process.exit(launch);
  }
  EXPECT_EQ(process.study->next(), std::nullopt);
  process.study->close();
  EXPECT_EQ(process.study->state().closed_reason, "3 epochs");
}

TEST(Study, TheWallBudgetCountsOverAllProcessesAndStopsWhatWaits) {
  const FastFolder folder;
  ExperimentSpec spec = plane_spec(9);
  spec.budget.wall = 60;
  {
    Process process(folder, spec);
    const Launch launch = process.study->next().value();
    process.clock.advance(40);
    process.report(launch, 1, 0.5);
  }
  Process process(folder, spec);
  const Launch launch = process.study->next().value();
  process.clock.advance(19);
  EXPECT_TRUE(process.study->next());
  process.clock.advance(2);
  EXPECT_EQ(process.study->next(), std::nullopt);
  process.exit(launch, FailureClass::crash);
  process.exit({1, 1, {}, 0, 0, ""}, FailureClass::crash);
  EXPECT_EQ(process.study->next(), std::nullopt);
  EXPECT_TRUE(process.study->done());
  process.study->close();
  EXPECT_EQ(process.study->state().closed_reason, "wall 1m");
  EXPECT_EQ(process.trial(0).state, TrialState::stopped);
  EXPECT_EQ(process.trial(0).message, "the study ended: wall 1m");
}

TEST(Study, AClosedStudyStaysClosed) {
  const FastFolder folder;
  run_to_end(folder.study(), plane_spec(2), bowl());
  const std::size_t events = open_store_to_read(folder.study())->load().size();
  Process process(folder, plane_spec(5));
  EXPECT_TRUE(process.study->done());
  EXPECT_EQ(process.study->next(), std::nullopt);
  process.study->close();
  EXPECT_EQ(open_store_to_read(folder.study())->load().size(), events);
}

TEST(Study, AReopenedStudySpendsItsLargerBudget) {
  const FastFolder folder;
  run_to_end(folder.study(), plane_spec(2), bowl());
  {
    Process process(folder, plane_spec(3));
    process.study->reopen("budget.trials 2 -> 3");
    EXPECT_FALSE(process.study->done());
  }
  EXPECT_EQ(run_to_end(folder.study(), plane_spec(3), bowl()).closed_reason, "3 trials");
  const FastFolder other;
  const StudyState whole = run_to_end(other.study(), plane_spec(3), bowl());
  const StudyState state = fold(open_store_to_read(folder.study())->load());
  ASSERT_EQ(state.trials.size(), 3U);
  for (std::size_t id = 0; id < 3; ++id) EXPECT_EQ(state.trials[id].params, whole.trials[id].params);
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
