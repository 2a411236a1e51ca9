#pragma once

#include <chrono>
#include <optional>

namespace hone {

/// CLOCK_MONOTONIC: a suspended laptop kills nothing.
using MonotonicTime = std::chrono::steady_clock::time_point;

MonotonicTime monotonic_now();
MonotonicTime after(MonotonicTime start, double seconds);

/// How a trial that shall end is made to end (trainers.md §9): the stop file is written when the ladder begins; after
/// `soft_grace` seconds SIGTERM, after `grace` more SIGKILL, 5 s later the process counts as unkillable.
/// Only tells what is due; who owns the process acts.
class StopLadder {
 public:
  enum class Step { none, terminate, kill, give_up };

  StopLadder(double soft_grace, double grace) : soft_grace_(soft_grace), grace_(grace) {}

  /// A second call changes nothing.
  void begin(MonotonicTime now);
  bool begun() const { return next_time_.has_value() || next_ == Step::none; }
  /// The step that is due, each once, in order.
  Step take_due(MonotonicTime now);
  /// When the next step is due; nothing before begin() and after the last step.
  std::optional<MonotonicTime> next_time() const { return next_time_; }

 private:
  double soft_grace_;
  double grace_;
  Step next_ = Step::terminate;
  std::optional<MonotonicTime> next_time_;
};

}  // namespace hone
