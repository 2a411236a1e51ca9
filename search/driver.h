#pragma once

#include <functional>

#include "search/executors/executor.h"
#include "search/study.h"

namespace hone {

/// Looks on while the driver works: progress, --events. Must not change the study.
class DriverObserver {
 public:
  virtual ~DriverObserver() = default;
  virtual void on_event(const Study& study, const Event& event) = 0;
  /// What an executor found out.
  virtual void on_note(const std::string&) {}
  /// At least every 250 ms.
  virtual void on_tick(const Study& study, const Executor& executor) = 0;
};

enum class DriverEnd { finished, interrupted };

/// What a signal handler asks the driver for.
enum class Interrupt { none, soft, hard };

/// The loop: fill slots; wait for an event; apply it; until the study is done. On Interrupt::soft nothing more is
/// launched, running trials are told to checkpoint and leave (StopReason::preempt); on hard they are killed.
DriverEnd drive(Study& study, Executor& executor, DriverObserver& observer,
                const std::function<Interrupt()>& interrupt);

}  // namespace hone
