#include "search/executors/attempt.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>

#include "core/files.h"

namespace hone {
namespace {

using Step = StopLadder::Step;

MonotonicTime at(double seconds) { return after(MonotonicTime{}, seconds); }

TEST(StopLadder, ClimbsOneStepAfterTheOther) {
  StopLadder ladder(10, 30);
  EXPECT_FALSE(ladder.next_time());
  EXPECT_EQ(ladder.take_due(at(100)), Step::none);
  ladder.begin(at(100));
  ladder.begin(at(105));  // changes nothing
  EXPECT_EQ(ladder.next_time(), at(110));
  EXPECT_EQ(ladder.take_due(at(109.9)), Step::none);
  EXPECT_EQ(ladder.take_due(at(110)), Step::terminate);
  EXPECT_EQ(ladder.take_due(at(110)), Step::none);
  EXPECT_EQ(ladder.take_due(at(140)), Step::kill);
  EXPECT_EQ(ladder.take_due(at(144)), Step::none);
  EXPECT_EQ(ladder.take_due(at(145)), Step::give_up);
  EXPECT_FALSE(ladder.next_time());
  EXPECT_EQ(ladder.take_due(at(1000)), Step::none);
  EXPECT_TRUE(ladder.begun());
}

/// An attempt of trial 3 that starts at second 0.
struct Running {
  explicit Running(AttemptRules rules = {}) : attempt(launch(), folder.path(), with_objective(rules), at(0)) {}

  static Launch launch() {
    Launch launch;
    launch.trial = 3;
    launch.attempt = 2;
    return launch;
  }
  static AttemptRules with_objective(AttemptRules rules) {
    rules.objectives = {"loss"};
    return rules;
  }
  void take(std::string_view line, double second = 1) {
    attempt.take(parse_report_line(line).value(), at(second), events);
  }
  Outcome end(int code = 0) { return attempt.end(code, 0, "", at(5)).outcome; }

  TemporaryFolder folder;
  Attempt attempt;
  EventQueue events;
};

TEST(Attempt, CountsReportsWithoutAStepFromOne) {
  Running run;
  run.take(R"({"loss":3})");
  run.take(R"({"loss":2})");
  run.take(R"({"step":10,"loss":1})");
  run.take(R"({"final":true,"loss":1})");
  std::vector<double> steps;
  for (const ExecutorEvent& event : run.events) steps.push_back(std::get<LaunchReported>(event).step);
  EXPECT_EQ(steps, (std::vector<double>{1, 2, 10, 10}));
  EXPECT_EQ(std::get<LaunchReported>(run.events[0]).trial, 3);
  EXPECT_EQ(std::get<LaunchReported>(run.events[0]).attempt, 2);
  EXPECT_EQ(run.end().seconds, 5);
}

TEST(Attempt, TimesOutByTheClockItIsGiven) {
  AttemptRules rules;
  rules.timeout = 60;
  rules.soft_grace = 5;
  Running run(rules);
  EXPECT_EQ(run.attempt.next_time(), at(60));
  EXPECT_EQ(run.attempt.advance(at(59)), Step::none);
  EXPECT_EQ(run.attempt.advance(at(60)), Step::none);
  EXPECT_EQ(read_file(run.folder.path() / "stop"), "stop\n");
  EXPECT_EQ(run.attempt.advance(at(65)), Step::terminate);
  EXPECT_EQ(run.end(77).failure, FailureClass::timeout);
}

TEST(Attempt, ReportsPutAStallOff) {
  AttemptRules rules;
  rules.stall = 10;
  Running run(rules);
  run.take(R"({"loss":1})", 8);
  EXPECT_EQ(run.attempt.next_time(), at(18));
  run.take(R"({"note":"still alive"})", 17);
  EXPECT_EQ(run.attempt.next_time(), at(18));
  run.attempt.advance(at(18));
  EXPECT_EQ(run.end().failure, FailureClass::stalled);
}

TEST(Attempt, TheFirstReasonToStopStays) {
  Running run;
  run.take(R"({"loss":1})");
  run.attempt.ask_to_stop(StopReason::stop, at(1));
  run.attempt.ask_to_stop(StopReason::preempt, at(2));
  EXPECT_EQ(read_file(run.folder.path() / "stop"), "stop\n");
  EXPECT_EQ(run.end(77).failure, FailureClass::none);
  EXPECT_TRUE(run.end(77).stopped);
}

TEST(Attempt, ThatHasDoneAllWhenPreemptedIsDone) {
  Running run;
  run.take(R"({"loss":1})");
  run.attempt.ask_to_stop(StopReason::preempt, at(1));
  EXPECT_FALSE(run.end(0).stopped);
  EXPECT_EQ(run.end(0).failure, FailureClass::none);
  EXPECT_EQ(run.end(77).failure, FailureClass::preempted);
}

TEST(Attempt, ThatWentOnFromACheckpointNeedsNoNewReport) {
  TemporaryFolder folder;
  Launch launch = Running::launch();
  launch.resume = "checkpoint-9.h5";
  AttemptRules rules;
  rules.objectives = {"loss"};
  EXPECT_EQ(Attempt(launch, folder.path(), rules, at(0)).end(0, 0, "", at(1)).outcome.failure, FailureClass::none);
  launch.resume.clear();
  EXPECT_EQ(Attempt(launch, folder.path(), rules, at(0)).end(0, 0, "", at(1)).outcome.failure, FailureClass::no_result);
}

TEST(Attempt, AKillOfTheKernelIsOutOfMemory) {
  std::int64_t kills = 3;
  OomWatch oom([&] { return kills; });
  Running killed;
  killed.attempt.settle_kill(SIGKILL, oom);
  EXPECT_EQ(killed.attempt.end(-1, SIGKILL, "", at(1)).outcome.message, "killed by SIGKILL");
  kills = 4;
  Running starved;
  starved.attempt.settle_kill(SIGKILL, oom);
  const Outcome outcome = starved.attempt.end(-1, SIGKILL, "", at(1)).outcome;
  EXPECT_EQ(outcome.failure, FailureClass::out_of_memory);
  EXPECT_EQ(outcome.message, "killed by the kernel: out of memory");
  EXPECT_FALSE(oom.has_risen());
}

TEST(Attempt, StatusLinesSettleTheClass) {
  for (const char* status : {"infeasible", "non_finite", "out_of_memory"}) {
    Running run;
    run.take(std::string(R"({"status":")") + status + "\"}");
    EXPECT_EQ(name_of(run.end(1).failure), status);
    EXPECT_TRUE(run.attempt.asked_to_stop());
  }
  Running run;
  run.take(R"({"status":"bored","loss":1})");
  EXPECT_EQ(run.end(0).failure, FailureClass::none);
}

}  // namespace
}  // namespace hone
