#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "search/trial/trial.h"

namespace hone {

/// What an executor saw. Metrics are the trial's own, in the user's direction.
struct LaunchReported {
  std::int64_t trial = 0;
  std::int64_t attempt = 0;
  /// Budget reached; a command that names no step counts its reports from 1.
  double step = 0;
  std::map<std::string, double> metrics;
  bool final = false;
};
struct LaunchCheckpointed {
  std::int64_t trial = 0;
  std::int64_t attempt = 0;
  std::string file;
  double step = 0;
};
struct LaunchExited {
  std::int64_t trial = 0;
  std::int64_t attempt = 0;
  Outcome outcome;
};
/// For people: a finding that changes nothing, such as where metrics were found.
struct ExecutorNote {
  std::string text;
};
using ExecutorEvent = std::variant<LaunchReported, LaunchCheckpointed, LaunchExited, ExecutorNote>;

/// Why a launch is told to end; the word in its stop file.
enum class StopReason { stop, cancel, preempt };

/// Runs launches, returns what happens. Never decides; throws only when it cannot work at all (worker missing: exit
/// 10).
class Executor {
 public:
  virtual ~Executor() = default;
  /// Launches it can take now.
  virtual int free_slots() const = 0;
  virtual void start(const Launch& launch) = 0;
  /// Begins the stop ladder; the exit comes as an event. Unknown or ended launches are ignored.
  virtual void stop(std::int64_t trial, StopReason reason) = 0;
  /// Next event, or nothing after `wait` has passed.
  virtual std::optional<ExecutorEvent> wait(std::chrono::milliseconds wait) = 0;
  /// Kills everything at once.
  virtual void kill_all() = 0;
};

/// Makes the JSON brief of a launch for a worker; what makes models stays above the search (architecture.md).
using MakeBrief = std::function<nlohmann::json(const Launch& launch)>;

}  // namespace hone
