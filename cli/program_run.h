#pragma once

#include <optional>
#include <string>

#include "core/process.h"

namespace hone {

/// How a short program ended and what it printed.
struct FinishedProgram {
  ExitStatus status;
  std::string out;
  std::string err;
  bool succeeded() const { return status.signal == 0 && status.code == 0; }
};

/// Runs a program to its end with `input` on its stdin; nothing when it takes longer than `seconds`: it is killed then.
/// What it prints beyond a few MiB is lost. Throws Error("process::cannot-start").
std::optional<FinishedProgram> run_to_end(ProcessOptions options, std::string input, double seconds);

}  // namespace hone
