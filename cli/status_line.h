#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hone {

/// What the status line of a search tells (cli.md §5).
struct SearchStatus {
  std::int64_t finished = 0;
  /// Trials of the budget; nothing = bounded otherwise.
  std::optional<std::int64_t> planned;
  std::int64_t good = 0;
  std::int64_t stopped = 0;
  std::int64_t failed = 0;
  std::int64_t running = 0;
  std::optional<double> best;
  std::int64_t best_trial = 0;
  /// Trials of the front when there are several equal objectives; the best trial is its knee then.
  std::int64_t front = 0;
  double elapsed_seconds = 0;
  /// Seconds left, low and high; equal once the estimate is worth something.
  std::optional<double> left_low;
  std::optional<double> left_high;
};

/// "[12/100 ok 9 stopped 2 failed 1] best 0.4312 (t7) · 4 running · 02:13, ~19 min left", at most `columns` wide: what
/// matters least is left out first.
std::string status_line(const SearchStatus& status, int columns);

/// Estimates the time left from when trials finished: the last 20 count, a range until 10 are known.
class TimeLeft {
 public:
  void trial_finished(double at_seconds);
  /// Sets left_low and left_high of `status` when something can be said.
  void estimate(SearchStatus& status) const;

 private:
  std::vector<double> finished_at_;
};

}  // namespace hone
