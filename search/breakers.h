#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "core/error.h"
#include "core/protocol.h"

namespace hone {

/// Ends a study that only burns trials (reliability.md §2). Counts finished trials, never attempts, and only those of
/// this process: who has mended the cause and starts again gets a fresh chance.
class Breakers {
 public:
  /// `succeeded_before`: an earlier process of the study has a trial with a value.
  Breakers(std::int64_t failures_in_a_row, bool succeeded_before)
      : limit_(failures_in_a_row), any_success_(succeeded_before) {}

  void trial_succeeded();
  /// `message` as in Outcome: its last line is the failure's signature.
  void trial_failed(FailureClass failure, const std::string& message, std::int64_t time_us);
  /// Why the study must end, as Error("study::breaker", exit 9); nothing while all is well.
  const std::optional<Error>& tripped() const { return tripped_; }

 private:
  void trip(const std::string& what, const std::string& message);
  /// The rules that hold until the first trial succeeds.
  void judge_start(FailureClass failure, const std::string& message, std::int64_t time_us);

  std::int64_t limit_;
  bool any_success_;
  std::int64_t in_a_row_ = 0;
  std::int64_t no_result_in_a_row_ = 0;
  std::int64_t failed_at_start_ = 0;
  std::deque<std::int64_t> start_times_us_;
  std::map<std::string, int> signatures_;
  std::optional<Error> tripped_;
};

}  // namespace hone
