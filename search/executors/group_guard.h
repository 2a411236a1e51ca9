#pragma once

#include <sys/types.h>

#include "core/process.h"

namespace hone {

/// Kills process groups when the coordinator dies, even by SIGKILL. PR_SET_PDEATHSIG reaches only direct children; the
/// children of a command would live on. A forked process holds a pipe from here: at its end, which the kernel brings
/// about however the coordinator dies, it kills every group that was added and not removed.
/// The kernel of the monitor of reliability.md §5.
class GroupGuard {
 public:
  /// Forks; call it before there are threads. Throws Error("process::cannot-start").
  GroupGuard();
  /// Ends the guard; groups that are still added are killed.
  ~GroupGuard();
  GroupGuard(const GroupGuard&) = delete;
  GroupGuard& operator=(const GroupGuard&) = delete;

  void add(pid_t group) const { tell(group); }
  void remove(pid_t group) const { tell(-group); }

 private:
  void tell(pid_t message) const;

  pid_t pid_ = -1;
  FileDescriptor pipe_;
};

}  // namespace hone
