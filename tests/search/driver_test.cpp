#include "search/driver.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/search/study_process.h"

namespace hone {
namespace {

using Trace = std::vector<std::string>;

/// Everything a driver needs, in one process.
struct Fixture {
  explicit Fixture(const ExperimentSpec& spec, int slots = 1, SimulatedProblem problem = bowl())
      : store(open_store(folder.study())),
        study(make_study(*store, spec, clock)),
        executor(std::move(problem), slots, clock) {
    study->open(std::nullopt);
  }
  Trace trace() { return trace_of(store->load()); }

  FastFolder folder;
  SimulatedClock clock;
  std::unique_ptr<Store> store;
  std::unique_ptr<Study> study;
  SimulatedExecutor executor;
};

/// An interrupt that comes when the loop asks for the n-th time and stays.
std::function<Interrupt()> after_asking(int n, Interrupt kind) {
  return [n, kind]() mutable { return n-- > 0 ? Interrupt::none : kind; };
}

TEST(Driver, RunsAStudyToItsEnd) {
  Fixture f(plane_spec(2));
  EventWatch watch;
  EXPECT_EQ(drive(*f.study, f.executor, watch, never), DriverEnd::finished);
  EXPECT_EQ(f.study->state().closed_reason, "2 trials");
  const Trace expected = {"study_opened", "asked 0",    "launched 0", "reported 0",     "checkpointed 0", "completed 0",
                          "asked 1",      "launched 1", "reported 1", "checkpointed 1", "completed 1",    "closed"};
  EXPECT_EQ(f.trace(), expected);
}

TEST(Driver, FillsAllSlotsBeforeItWaits) {
  Fixture f(plane_spec(3), 2);
  EventWatch watch;
  drive(*f.study, f.executor, watch, never);
  const Trace trace = f.trace();
  const Trace expected = {"study_opened", "asked 0", "launched 0", "asked 1", "launched 1", "reported 0"};
  EXPECT_EQ(Trace(trace.begin(), trace.begin() + 6), expected);
}

TEST(Driver, AnnouncesEveryEventOnceAndInOrder) {
  Fixture f(plane_spec(5), 2);
  std::int64_t last = 0;
  EventWatch watch([&](const Study& study, const Event& event) {
    EXPECT_EQ(event.seq, ++last);
    EXPECT_LE(event.seq, study.state().last_seq);
  });
  drive(*f.study, f.executor, watch, never);
  EXPECT_EQ(last, f.study->state().last_seq);
  EXPECT_GE(watch.ticks, 1);
}

TEST(Driver, PromotesAtTheEndOfAStudy) {
  ExperimentSpec spec = plane_spec(6);
  spec.scheduler.kind = "asha";
  spec.fidelity.min = 1;
  spec.fidelity.max = 9;
  Fixture f(spec, 2);
  EventWatch watch;
  drive(*f.study, f.executor, watch, never);
  std::int64_t completed = 0;
  for (const Trial& trial : f.study->state().trials) completed += trial.state == TrialState::completed ? 1 : 0;
  EXPECT_GE(completed, 1);
  EXPECT_EQ(f.study->state().trials[static_cast<std::size_t>(*best_trial(f.study->state(), spec))].budget, 9);
}

TEST(Driver, ASoftInterruptLetsTrialsLeaveWithACheckpoint) {
  ExperimentSpec spec = plane_spec(5);
  spec.fidelity.max = 9;
  Fixture f(spec, 2);
  EventWatch watch;
  EXPECT_EQ(drive(*f.study, f.executor, watch, after_asking(2, Interrupt::soft)), DriverEnd::interrupted);
  const Trace expected = {"study_opened",    "asked 0",        "launched 0",     "asked 1",
                          "launched 1",      "reported 0",     "reported 1",     "checkpointed 0",
                          "attempt_ended 0", "checkpointed 1", "attempt_ended 1"};
  EXPECT_EQ(f.trace(), expected);
  EXPECT_FALSE(f.study->state().closed);
  for (const Trial& trial : f.study->state().trials) EXPECT_EQ(trial.state, TrialState::waiting);
}

TEST(Driver, AHardInterruptKillsAndTheTrialsWait) {
  ExperimentSpec spec = plane_spec(5);
  spec.fidelity.max = 9;
  Fixture f(spec, 2);
  EventWatch watch;
  EXPECT_EQ(drive(*f.study, f.executor, watch, after_asking(1, Interrupt::hard)), DriverEnd::interrupted);
  const Trace expected = {"study_opened", "asked 0",    "launched 0",      "asked 1",
                          "launched 1",   "reported 0", "attempt_ended 0", "attempt_ended 1"};
  EXPECT_EQ(f.trace(), expected);
  EXPECT_EQ(f.executor.free_slots(), 2);
  EXPECT_TRUE(f.study->state().ledgers[0].retries.empty());
}

TEST(Driver, AnInterruptedStudyGoesOnWhereItWas) {
  const FastFolder folder;
  const ExperimentSpec spec = plane_spec(4);
  const std::vector<double> expected = [&] {
    const FastFolder other;
    std::vector<double> values;
    for (const Trial& trial : run_to_end(other.study(), spec, bowl()).trials) {
      values.push_back(objective_of(trial, spec.objectives.front()).value());
    }
    return values;
  }();
  {
    SimulatedClock clock;
    const auto store = open_store(folder.study());
    const auto study = make_study(*store, spec, clock);
    study->open(std::nullopt);
    SimulatedExecutor executor(bowl(), 1, clock);
    EventWatch watch;
    drive(*study, executor, watch, after_asking(5, Interrupt::soft));
  }
  const StudyState state = run_to_end(folder.study(), spec, bowl());
  ASSERT_EQ(state.trials.size(), 4U);
  for (std::size_t id = 0; id < 4; ++id) {
    EXPECT_EQ(objective_of(state.trials[id], spec.objectives.front()), expected[id]);
  }
}

TEST(Driver, AFinishedStudyStartsNothing) {
  const FastFolder folder;
  run_to_end(folder.study(), plane_spec(2), bowl());
  SimulatedClock clock;
  const auto store = open_store(folder.study());
  const auto study = make_study(*store, plane_spec(2), clock);
  SimulatedExecutor executor(bowl(), 1, clock);
  EventWatch watch([](const Study&, const Event&) { FAIL(); });
  EXPECT_EQ(drive(*study, executor, watch, never), DriverEnd::finished);
  EXPECT_EQ(executor.started(), 0);
}

TEST(Driver, TellsTheExecutorToStopWhatTheSchedulerStops) {
  const FastFolder folder;
  SimulatedClock clock;
  const auto store = open_store(folder.study());
  const ExperimentSpec spec = plane_spec(2);
  Study study(*store, spec, SearchSpace(spec.space, Origins{}), std::make_unique<RandomSampler>(true),
              std::make_unique<StoppingScheduler>(), [&] { return clock.now_us; });
  study.open(std::nullopt);
  SimulatedExecutor executor(bowl(), 1, clock);
  EventWatch watch;
  drive(study, executor, watch, never);
  for (const Trial& trial : study.state().trials) {
    EXPECT_EQ(trial.state, TrialState::stopped);
    EXPECT_EQ(trial.curve.size(), 2U);
  }
}

TEST(Driver, ABreakerEndsTheLoopWithItsError) {
  SimulatedProblem problem = bowl();
  problem.faults.out_of_memory = 1;
  Fixture f(plane_spec(9), 1, problem);
  EventWatch watch;
  EXPECT_THROW(
      {
        try {
          drive(*f.study, f.executor, watch, never);
        } catch (const Error& error) {
          EXPECT_EQ(error.exit_code(), ExitCode::breaker);
          throw;
        }
      },
      Error);
  EXPECT_EQ(f.study->state().trials.size(), 3U);
}

/// An executor that cannot work at all.
class MissingWorker final : public Executor {
 public:
  int free_slots() const override { return 1; }
  void start(const Launch&) override { throw Error("worker::missing", "no worker", {}, ExitCode::missing_part); }
  void stop(std::int64_t, StopReason) override {}
  std::optional<ExecutorEvent> wait(std::chrono::milliseconds) override { return std::nullopt; }
  void kill_all() override {}
};

TEST(Driver, ErrorsOfTheExecutorPassThrough) {
  Fixture f(plane_spec(9));
  MissingWorker executor;
  EventWatch watch;
  EXPECT_THROW(drive(*f.study, executor, watch, never), Error);
}

}  // namespace
}  // namespace hone
