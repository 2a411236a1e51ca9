#pragma once

#include <csignal>

#include "core/error.h"
#include "search/driver.h"

namespace hone {

/// Catches SIGINT and SIGTERM while it lives: the first asks for a graceful end, the second SIGINT for an end at once.
/// At most one object at a time.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  bool any() const { return level() != Interrupt::none; }
  Interrupt level() const;
  /// 130 after SIGINT, 143 after SIGTERM.
  ExitCode exit_code() const;

 private:
  struct sigaction old_int_ {};
  struct sigaction old_term_ {};
};

}  // namespace hone
