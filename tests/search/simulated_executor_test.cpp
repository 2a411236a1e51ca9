#include "search/executors/simulated_executor.h"

#include <gtest/gtest.h>

#include "tests/search/simulation.h"

namespace hone {
namespace {

Launch launch_of(std::int64_t trial, double budget, std::int64_t attempt = 1, std::string resume = "") {
  Launch launch;
  launch.trial = trial;
  launch.attempt = attempt;
  launch.params = {{"x", 0.3}, {"y", -0.2}};
  launch.budget = budget;
  launch.resume = std::move(resume);
  return launch;
}

/// All that comes until the queue is empty: "report 3", "checkpoint 3", "exit none".
std::vector<std::string> drain(SimulatedExecutor& executor) {
  std::vector<std::string> lines;
  while (const auto event = executor.wait(std::chrono::milliseconds(0))) {
    if (const auto* report = std::get_if<LaunchReported>(&*event)) {
      lines.push_back("report " + to_text(report->step) + " " + to_text(report->metrics.at("loss")));
    } else if (const auto* checkpoint = std::get_if<LaunchCheckpointed>(&*event)) {
      lines.push_back("checkpoint " + checkpoint->file);
    } else {
      const Outcome& outcome = std::get<LaunchExited>(*event).outcome;
      lines.push_back(std::string(outcome.stopped ? "stopped " : "exit ") + std::string(name_of(outcome.failure)));
    }
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(SimulatedExecutor, ReportsCheckpointsAndExits) {
  SimulatedClock clock;
  const std::int64_t start = clock.now_us;
  SimulatedExecutor executor(bowl(), 1, clock);
  executor.start(launch_of(0, 2));
  EXPECT_EQ(executor.free_slots(), 0);
  EXPECT_EQ(drain(executor), (Lines{"report 1 1", "report 2 0.5", "checkpoint checkpoint-2.h5", "exit none"}));
  EXPECT_EQ(clock.now_us - start, 2'000'000);
  EXPECT_EQ(executor.free_slots(), 1);
}

TEST(SimulatedExecutor, GoesOnFromACheckpoint) {
  SimulatedClock clock;
  SimulatedExecutor executor(bowl(), 1, clock);
  executor.start(launch_of(0, 4, 2, "checkpoint-3.h5"));
  EXPECT_EQ(drain(executor), (Lines{"report 4 0.25", "checkpoint checkpoint-4.h5", "exit none"}));
}

TEST(SimulatedExecutor, WaitingForNothingMovesTheClock) {
  SimulatedClock clock;
  const std::int64_t start = clock.now_us;
  SimulatedExecutor executor(bowl(), 1, clock);
  EXPECT_EQ(executor.wait(std::chrono::milliseconds(250)), std::nullopt);
  EXPECT_EQ(clock.now_us - start, 250'000);
}

TEST(SimulatedExecutor, LaunchesRunBesideEachOther) {
  SimulatedClock clock;
  const std::int64_t start = clock.now_us;
  SimulatedExecutor executor(bowl(), 2, clock);
  executor.start(launch_of(0, 3));
  executor.start(launch_of(1, 3));
  drain(executor);
  EXPECT_EQ(clock.now_us - start, 3'000'000);
}

TEST(SimulatedExecutor, APreemptedLaunchLeavesACheckpoint) {
  SimulatedClock clock;
  SimulatedExecutor executor(bowl(), 1, clock);
  executor.start(launch_of(0, 9));
  executor.wait(std::chrono::milliseconds(0));
  executor.wait(std::chrono::milliseconds(0));
  executor.stop(0, StopReason::preempt);
  EXPECT_EQ(drain(executor), (Lines{"checkpoint checkpoint-2.h5", "stopped preempted"}));
  executor.stop(0, StopReason::preempt);
  EXPECT_TRUE(drain(executor).empty());
}

TEST(SimulatedExecutor, KillingLeavesNothing) {
  SimulatedClock clock;
  SimulatedExecutor executor(bowl(), 2, clock);
  executor.start(launch_of(0, 9));
  executor.kill_all();
  EXPECT_EQ(executor.free_slots(), 2);
  EXPECT_TRUE(drain(executor).empty());
}

TEST(SimulatedExecutor, FaultsComeAsOftenAsAskedAndFollowFromTheSeed) {
  SimulatedProblem problem = bowl();
  problem.faults = {.crash = 0.2, .preempted = 0.1, .out_of_memory = 0.1, .no_result = 0.1};
  std::map<std::string, int> counts;
  for (const int round : {0, 1}) {
    SimulatedClock clock;
    SimulatedExecutor executor(problem, 1, clock);
    for (std::int64_t trial = 0; trial < 1000; ++trial) {
      executor.start(launch_of(trial, 1));
      counts[std::to_string(round) + drain(executor).back()] += 1;
    }
  }
  // Binomial, n = 1000: five standard deviations are at most 80.
  EXPECT_NEAR(counts["0exit crash"], 200, 65);
  EXPECT_NEAR(counts["0exit preempted"], 100, 50);
  EXPECT_NEAR(counts["0exit none"], 500, 80);
  for (const char* line : {"exit crash", "exit preempted", "exit out_of_memory", "exit no_result", "exit none"}) {
    EXPECT_EQ(counts[std::string("0") + line], counts[std::string("1") + line]);
  }
}

TEST(SimulatedExecutor, MessagesGetLostAndDoubled) {
  SimulatedProblem problem = bowl();
  problem.faults.doubled_message = 1;
  SimulatedClock clock;
  SimulatedExecutor executor(problem, 1, clock);
  executor.start(launch_of(0, 1));
  EXPECT_EQ(drain(executor),
            (Lines{"report 1 1", "report 1 1", "checkpoint checkpoint-1.h5", "exit none", "exit none"}));
  problem.faults = {};
  problem.faults.lost_message = 1;
  SimulatedExecutor lossy(problem, 1, clock);
  lossy.start(launch_of(0, 3));
  EXPECT_EQ(drain(lossy), (Lines{"report 3 0.3333333333333333", "exit none"}));
}

}  // namespace
}  // namespace hone
