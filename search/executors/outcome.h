#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/protocol.h"
#include "search/executors/executor.h"
#include "search/trial/trial.h"

namespace hone {

/// Everything known of an attempt when its process (or its job in a worker) has ended.
struct AttemptEnd {
  /// Exit code or the number of the closing line; −1 when a signal ended it.
  int code = -1;
  int signal = 0;
  /// The class that a status line, a non-finite objective or a passed limit settled, with its words.
  FailureClass settled = FailureClass::none;
  std::string settled_why;
  /// It was told to stop.
  std::optional<StopReason> asked;
  /// Objectives that no line of this attempt named; `reported` are the metrics that came.
  std::vector<std::string> missing;
  std::vector<std::string> reported;
  /// It went on from a checkpoint: values may have come in an earlier attempt.
  bool resumed = false;
  /// Lines that looked like no report line, and the first of them.
  int unreadable_lines = 0;
  std::string unreadable_example;
  /// Last lines of stderr.
  std::string last_words;
};

/// The outcome by the failure classes of reliability.md §2 and the exit codes of trainers.md §9. `seconds` stays 0.
/// The message's first line stands alone; the last lines of stderr follow.
Outcome judge(const AttemptEnd& end);

}  // namespace hone
