#pragma once

#include <poll.h>

#include <optional>
#include <vector>

#include "search/executors/executor.h"
#include "search/executors/stop_ladder.h"

namespace hone {

/// One slot of the local executor: runs one launch at a time. Events go to the queue it was made with.
class SlotRunner {
 public:
  virtual ~SlotRunner() = default;

  /// Only when is_free().
  virtual void start(const Launch& launch) = 0;
  virtual void stop(StopReason reason, MonotonicTime now) = 0;
  virtual bool is_free() const = 0;
  /// The trial it runs.
  virtual std::optional<std::int64_t> trial() const = 0;
  /// Descriptors that wake it up, and the time when it wants to be woken anyway.
  virtual void watch(std::vector<pollfd>& watched) const = 0;
  virtual std::optional<MonotonicTime> next_time() const = 0;
  /// Takes in all that has come and does what is due.
  virtual void advance(MonotonicTime now) = 0;
  /// Kills what runs; no event comes of it.
  virtual void kill() = 0;
};

}  // namespace hone
