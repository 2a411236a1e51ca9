#pragma once

#include <cstdint>
#include <functional>
#include <utility>

#include "core/process.h"

namespace hone {

/// Tells a SIGKILL of the kernel's out-of-memory killer from another one by the cgroup's counter (trainers.md §3).
class OomWatch {
 public:
  explicit OomWatch(std::function<std::int64_t()> count = cgroup_oom_kills)
      : count_(std::move(count)), seen_(count_()) {}

  /// Asked after an unexpected SIGKILL: true when the counter has risen since it was last asked.
  bool has_risen() {
    const std::int64_t before = std::exchange(seen_, count_());
    return seen_ > before;
  }

 private:
  std::function<std::int64_t()> count_;
  std::int64_t seen_;
};

}  // namespace hone
