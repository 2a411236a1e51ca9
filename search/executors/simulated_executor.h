#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/param_value.h"
#include "search/executors/executor.h"

namespace hone {

/// Time that only moves when somebody moves it. µs since 1970.
struct SimulatedClock {
  std::int64_t now_us = 1'700'000'000'000'000;
  void advance(double seconds) { now_us += static_cast<std::int64_t>(seconds * 1e6); }
};

/// How often a simulated attempt goes wrong, each between 0 and 1.
struct SimulatedFaults {
  double crash = 0;
  double preempted = 0;
  double out_of_memory = 0;
  double no_result = 0;
  /// Of each message: it never arrives (reports but the last, checkpoints), or it arrives twice (reports, exits).
  double lost_message = 0;
  double doubled_message = 0;
};

/// A trainer that is a formula.
struct SimulatedProblem {
  /// The metric's value after `budget` units of training (1 without fidelity), in the user's direction. NaN ends the
  /// attempt as non-finite.
  std::function<double(const Params& params, double budget)> value;
  std::string metric = "loss";
  double seconds_per_unit = 1;
  /// The same where it depends on the parameters; empty: it does not.
  std::function<double(const Params& params)> pace = {};
  /// It leaves a checkpoint at its budget (and when preempted) and can go on from one.
  bool checkpoints = true;
  /// How long the longest attempt takes against the shortest: 1 = all equal, else drawn per attempt.
  double slowness = 1;
  SimulatedFaults faults;
  std::uint64_t seed = 0;
};

/// Runs launches of a problem with known values on a simulated clock: a report after each unit of budget, a checkpoint,
/// an exit; `wait` moves the clock to the next event at once. All of it follows from the problem's seed: the same
/// launches have the same fate, whatever happens beside them.
class SimulatedExecutor final : public Executor {
 public:
  /// `clock` outlives the executor.
  SimulatedExecutor(SimulatedProblem problem, int slots, SimulatedClock& clock);

  int free_slots() const override;
  void start(const Launch& launch) override;
  void stop(std::int64_t trial, StopReason reason) override;
  std::optional<ExecutorEvent> wait(std::chrono::milliseconds wait) override;
  void kill_all() override;
  /// Launches so far.
  std::int64_t started() const { return started_; }

 private:
  struct Scheduled {
    ExecutorEvent event;
    std::int64_t trial = 0;
  };
  struct Attempt {
    Launch launch;
    std::int64_t start_us = 0;
    double from = 0;
    double seconds_per_unit = 1;
  };
  /// Everything a launch will do, put into the queue.
  void plan(const Attempt& attempt);
  void send(const Attempt& attempt, double units, ExecutorEvent event);
  void forget(std::int64_t trial);

  SimulatedProblem problem_;
  int slots_;
  SimulatedClock& clock_;
  std::map<std::int64_t, Attempt> running_;
  /// By (time, order of planning).
  std::map<std::pair<std::int64_t, std::int64_t>, Scheduled> queue_;
  std::int64_t planned_ = 0;
  std::int64_t started_ = 0;
};

}  // namespace hone
