#include "search/executors/simulated_executor.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

#include "core/random.h"

namespace hone {

namespace {

constexpr std::string_view kCheckpoint = "checkpoint-";

std::string checkpoint_name(double step) { return std::string(kCheckpoint) + to_text(step) + ".h5"; }

double step_of(const std::string& checkpoint) {
  if (checkpoint.empty()) return 0;
  double step = 0;
  std::from_chars(checkpoint.data() + kCheckpoint.size(), checkpoint.data() + checkpoint.size(), step);
  return step;
}

LaunchExited exit_of(const Launch& launch, FailureClass failure, std::string message) {
  LaunchExited exited;
  exited.trial = launch.trial;
  exited.attempt = launch.attempt;
  exited.outcome.failure = failure;
  exited.outcome.message = std::move(message);
  return exited;
}

/// How an attempt ends by itself.
FailureClass fate(const SimulatedFaults& faults, double u) {
  for (const auto& [share, failure] :
       {std::pair{faults.crash, FailureClass::crash}, std::pair{faults.preempted, FailureClass::preempted},
        std::pair{faults.out_of_memory, FailureClass::out_of_memory},
        std::pair{faults.no_result, FailureClass::no_result}}) {
    if (u < share) return failure;
    u -= share;
  }
  return FailureClass::none;
}

}  // namespace

SimulatedExecutor::SimulatedExecutor(SimulatedProblem problem, int slots, SimulatedClock& clock)
    : problem_(std::move(problem)), slots_(slots), clock_(clock) {}

int SimulatedExecutor::free_slots() const { return slots_ - static_cast<int>(running_.size()); }

void SimulatedExecutor::start(const Launch& launch) {
  assert(free_slots() > 0 && !running_.contains(launch.trial));
  RandomStream random(problem_.seed, launch.trial, "speed " + std::to_string(launch.attempt));
  Attempt attempt;
  attempt.launch = launch;
  attempt.start_us = clock_.now_us;
  attempt.from = problem_.checkpoints ? step_of(launch.resume) : 0;
  const double pace = problem_.pace ? problem_.pace(launch.params) : problem_.seconds_per_unit;
  attempt.seconds_per_unit = pace * std::pow(problem_.slowness, random.uniform());
  running_.emplace(launch.trial, attempt);
  ++started_;
  plan(attempt);
}

void SimulatedExecutor::plan(const Attempt& attempt) {
  const Launch& launch = attempt.launch;
  RandomStream random(problem_.seed, launch.trial, "fate " + std::to_string(launch.attempt));
  const FailureClass failure = fate(problem_.faults, random.uniform());
  const double budget = std::max(launch.budget, 1.0);
  const double end = failure == FailureClass::none || failure == FailureClass::no_result
                         ? budget
                         : random.uniform(attempt.from, budget);

  if (failure != FailureClass::no_result) {
    for (double step = attempt.from + 1; step <= end; ++step) {
      const bool lost = random.uniform() < problem_.faults.lost_message && step < budget;
      const bool doubled = random.uniform() < problem_.faults.doubled_message;
      LaunchReported report;
      report.trial = launch.trial;
      report.attempt = launch.attempt;
      report.step = step;
      const double value = problem_.value(launch.params, step);
      if (std::isnan(value)) {
        send(attempt, step, exit_of(launch, FailureClass::non_finite, problem_.metric + " is not a number"));
        return;
      }
      report.metrics[problem_.metric] = value;
      for (int copy = 0; copy < (lost ? 0 : doubled ? 2 : 1); ++copy) send(attempt, step, report);
    }
  }
  if (failure == FailureClass::none && problem_.checkpoints && random.uniform() >= problem_.faults.lost_message) {
    send(attempt, budget, LaunchCheckpointed{launch.trial, launch.attempt, checkpoint_name(budget), budget});
  }
  const bool doubled = random.uniform() < problem_.faults.doubled_message;
  const std::string message = failure == FailureClass::none ? "" : "simulated " + std::string(name_of(failure));
  for (int copy = 0; copy < (doubled ? 2 : 1); ++copy) send(attempt, end, exit_of(launch, failure, message));
}

void SimulatedExecutor::send(const Attempt& attempt, double units, ExecutorEvent event) {
  const double seconds = (units - attempt.from) * attempt.seconds_per_unit;
  if (auto* exited = std::get_if<LaunchExited>(&event)) exited->outcome.seconds = seconds;
  const std::int64_t time = attempt.start_us + static_cast<std::int64_t>(seconds * 1e6);
  queue_.emplace(std::pair{time, planned_++}, Scheduled{std::move(event), attempt.launch.trial});
}

void SimulatedExecutor::forget(std::int64_t trial) {
  std::erase_if(queue_, [trial](const auto& entry) { return entry.second.trial == trial; });
}

void SimulatedExecutor::stop(std::int64_t trial, StopReason reason) {
  const auto found = running_.find(trial);
  if (found == running_.end()) return;
  const Attempt attempt = found->second;
  forget(trial);
  const double seconds = static_cast<double>(clock_.now_us - attempt.start_us) * 1e-6;
  const double reached = std::floor(attempt.from + seconds / attempt.seconds_per_unit);
  if (reason == StopReason::preempt && problem_.checkpoints && reached > attempt.from) {
    send(attempt, reached, LaunchCheckpointed{trial, attempt.launch.attempt, checkpoint_name(reached), reached});
  }
  FailureClass failure = FailureClass::none;
  if (reason == StopReason::preempt) failure = FailureClass::preempted;
  if (reason == StopReason::cancel) failure = FailureClass::cancelled;
  LaunchExited exited = exit_of(attempt.launch, failure, "told to end");
  exited.outcome.stopped = true;
  send(attempt, attempt.from + seconds / attempt.seconds_per_unit, exited);
}

std::optional<ExecutorEvent> SimulatedExecutor::wait(std::chrono::milliseconds wait) {
  if (queue_.empty()) {
    clock_.now_us += std::chrono::microseconds(wait).count();
    return std::nullopt;
  }
  auto next = queue_.extract(queue_.begin());
  clock_.now_us = std::max(clock_.now_us, next.key().first);
  ExecutorEvent event = std::move(next.mapped().event);
  if (const auto* exited = std::get_if<LaunchExited>(&event)) {
    const auto found = running_.find(exited->trial);
    if (found != running_.end() && found->second.launch.attempt == exited->attempt) running_.erase(found);
  }
  return event;
}

void SimulatedExecutor::kill_all() {
  running_.clear();
  queue_.clear();
}

}  // namespace hone
