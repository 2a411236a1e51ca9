#pragma once

#include <deque>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/protocol.h"
#include "search/executors/executor.h"
#include "search/executors/oom_watch.h"
#include "search/executors/outcome.h"
#include "search/executors/stop_ladder.h"

namespace hone {

/// What a spec says about every attempt.
struct AttemptRules {
  /// Metrics that must come and may not be NaN or infinite.
  std::vector<std::string> objectives;
  /// Wall seconds of an attempt, and seconds without a report.
  std::optional<double> timeout;
  std::optional<double> stall;
  double soft_grace = 10;
  double grace = 30;
};

using EventQueue = std::deque<ExecutorEvent>;

/// One running launch, whatever runs it: understands its lines, watches its limits, ends with a judged outcome.
class Attempt {
 public:
  /// `folder` is the trial's folder, which exists.
  Attempt(const Launch& launch, std::filesystem::path folder, const AttemptRules& rules, MonotonicTime started);

  const Launch& launch() const { return launch_; }
  const std::filesystem::path& folder() const { return folder_; }

  /// Takes a line; reports and checkpoints become events. A non-finite objective or a status line begins the ladder.
  void take(const ReportLine& line, MonotonicTime now, EventQueue& events);
  /// Something came that may become a report later: the attempt is not stalled.
  void heard(MonotonicTime now) { last_report_ = now; }
  /// A line that looked like a report but could not be read.
  void take_unreadable(std::string_view line);
  int unreadable_lines() const { return unreadable_lines_; }

  /// Writes the stop file and begins the ladder; only the first call counts.
  void ask_to_stop(StopReason reason, MonotonicTime now);
  /// Settles an unexpected SIGKILL that was the kernel's for want of memory.
  void settle_kill(int signal, OomWatch& oom);
  /// Settles how the attempt counts, whatever its exit says; only the first call counts.
  void settle(FailureClass failure, std::string why);
  /// Looks at timeout and stall, then says which step of the ladder is due.
  StopLadder::Step advance(MonotonicTime now);
  /// When advance() has something to do next.
  std::optional<MonotonicTime> next_time() const;
  bool asked_to_stop() const { return asked_.has_value() || ladder_.begun(); }

  /// The event that ends the attempt.
  LaunchExited end(int code, int signal, std::string last_words, MonotonicTime now) const;

 private:
  void begin_ladder(StopReason word, MonotonicTime now);
  void forward_report(const ReportLine& line, EventQueue& events);
  void forward_checkpoint(const ReportLine& line, EventQueue& events);
  double step_of(const ReportLine& line) const;

  Launch launch_;
  std::filesystem::path folder_;
  AttemptRules rules_;
  MonotonicTime started_;
  MonotonicTime last_report_;
  StopLadder ladder_;
  std::optional<StopReason> asked_;
  FailureClass settled_ = FailureClass::none;
  std::string settled_why_;
  std::set<std::string> reported_;
  double last_step_ = 0;
  int unreadable_lines_ = 0;
  std::string unreadable_example_;
};

/// The word of a stop file.
std::string_view word_of(StopReason reason);

}  // namespace hone
