#include "search/driver.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <variant>
#include <vector>

namespace hone {

namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr auto kTick = std::chrono::milliseconds(250);

/// A launch a slot: where none can be started, the slots stay free and their ends have to be heard first.
void fill_slots(Study& study, Executor& executor) {
  for (auto slots = executor.free_slots(); slots > 0; --slots) {
    const std::optional<Launch> launch = study.next();
    if (!launch) return;
    executor.start(*launch);
  }
}

struct Apply {
  Study& study;
  Executor& executor;
  DriverObserver& observer;

  void operator()(const LaunchReported& reported) const {
    if (study.report(reported) == Verdict::stop) executor.stop(reported.trial, StopReason::stop);
  }
  void operator()(const LaunchCheckpointed& checkpointed) const { study.checkpoint(checkpointed); }
  void operator()(const LaunchExited& exited) const { study.finish(exited); }
  void operator()(const ExecutorNote& note) const { observer.on_note(note.text); }
};

void announce(Study& study, DriverObserver& observer) {
  for (const Event& event : study.take_new_events()) observer.on_event(study, event);
}

void ask_running_to_leave(const Study& study, Executor& executor) {
  for (const Trial& trial : study.state().trials) {
    if (trial.state == TrialState::running) executor.stop(trial.id, StopReason::preempt);
  }
}

/// Kills all that runs; each waits for another attempt that does not count as a retry.
void kill_running(Study& study, Executor& executor) {
  executor.kill_all();
  Outcome killed;
  killed.failure = FailureClass::preempted;
  killed.stopped = true;
  killed.message = "interrupted";
  std::vector<LaunchExited> exits;
  for (const Trial& trial : study.state().trials) {
    if (trial.state == TrialState::running) exits.push_back({trial.id, trial.attempt, killed});
  }
  for (const LaunchExited& exited : exits) study.finish(exited);
}

}  // namespace

DriverEnd drive(Study& study, Executor& executor, DriverObserver& observer,
                const std::function<Interrupt()>& interrupt) {
  Interrupt heard = Interrupt::none;
  auto next_tick = SteadyClock::now();
  while (true) {
    const Interrupt wanted = interrupt();
    if (wanted == Interrupt::soft && heard == Interrupt::none) ask_running_to_leave(study, executor);
    if (wanted == Interrupt::hard) kill_running(study, executor);
    if (wanted != Interrupt::none) heard = wanted;

    if (heard == Interrupt::none) fill_slots(study, executor);
    announce(study, observer);
    if (heard != Interrupt::none && study.state().running == 0) return DriverEnd::interrupted;
    if (study.done()) break;

    if (SteadyClock::now() >= next_tick) {
      observer.on_tick(study, executor);
      next_tick = SteadyClock::now() + kTick;
    }
    const auto patience = std::chrono::ceil<std::chrono::milliseconds>(next_tick - SteadyClock::now());
    const auto event = executor.wait(std::max(patience, std::chrono::milliseconds(0)));
    if (event) std::visit(Apply{study, executor, observer}, *event);
    announce(study, observer);
  }
  study.close();
  announce(study, observer);
  return DriverEnd::finished;
}

}  // namespace hone
