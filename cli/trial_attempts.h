#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "search/trial/event.h"

namespace hone {

/// One launch of a trial, as its events tell it.
struct TrialAttempt {
  std::int64_t number = 0;
  double budget = 0;
  /// Checkpoint it went on from; empty = from the start.
  std::string resume;
  /// Name of the event that ended it, with the failure class behind it; "running" while there is none.
  std::string end = "running";
  double seconds = 0;
};

std::vector<TrialAttempt> attempts_of(const std::vector<Event>& events, std::int64_t trial);
/// "2: to 27 epochs from checkpoint-9.h5, completed after 3.2 s".
std::string attempt_text(const TrialAttempt& attempt, const std::string& unit);

}  // namespace hone
