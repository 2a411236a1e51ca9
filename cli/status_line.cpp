#include "cli/status_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/text.h"

namespace hone {

namespace {

constexpr std::size_t kRecentTrials = 20;
constexpr std::size_t kTrialsForOneNumber = 10;
constexpr double kRangeLow = 0.7;
constexpr double kRangeHigh = 1.6;

std::string minutes_text(double seconds) {
  if (seconds < 90) return fmt::format("{:.0f} s", seconds);
  if (seconds < 90 * 60) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

std::string left_text(const SearchStatus& status) {
  if (!status.left_low || !status.left_high) return "";
  const std::string low = minutes_text(*status.left_low);
  const std::string high = minutes_text(*status.left_high);
  if (low == high) return fmt::format("~{} left", low);
  return fmt::format("{} to {} left", low, high);
}

std::string counts(const SearchStatus& status, bool all) {
  std::string text = std::to_string(status.finished);
  if (status.planned) text += fmt::format("/{}", *status.planned);
  if (all) {
    text += fmt::format(" ok {}", status.good);
    if (status.stopped > 0) text += fmt::format(" stopped {}", status.stopped);
  }
  if (status.failed > 0) text += fmt::format(" failed {}", status.failed);
  return "[" + text + "]";
}

}  // namespace

std::string status_line(const SearchStatus& status, int columns) {
  const std::string best = status.front > 0 ? fmt::format(" front of {} (knee t{})", status.front, status.best_trial)
                           : status.best
                               ? fmt::format(" best {} (t{})", format_short(*status.best, 4), status.best_trial)
                               : std::string(" no score yet");
  const std::string running = fmt::format(" · {} running", status.running);
  const std::string clock = " · " + format_clock(status.elapsed_seconds);
  const std::string left = left_text(status).empty() ? "" : ", " + left_text(status);
  const std::string candidates[] = {
      counts(status, true) + best + running + clock + left,
      counts(status, true) + best + clock + left,
      counts(status, false) + best + clock + left,
      counts(status, false) + best + clock,
      counts(status, false) + best,
  };
  for (const std::string& line : candidates) {
    if (display_width(line) <= columns) return line;
  }
  return fit_width(candidates[4], columns);
}

void TimeLeft::trial_finished(double at_seconds) { finished_at_.push_back(at_seconds); }

void TimeLeft::estimate(SearchStatus& status) const {
  const std::size_t count = finished_at_.size();
  if (!status.planned || count < 2) return;
  const std::size_t recent = std::min(count, kRecentTrials);
  const double from = recent == count ? 0.0 : finished_at_[count - recent - 1];
  const double per_trial = (finished_at_.back() - from) / static_cast<double>(recent);
  const double left = per_trial * static_cast<double>(std::max<std::int64_t>(0, *status.planned - status.finished));
  const bool certain = count >= kTrialsForOneNumber;
  status.left_low = certain ? left : left * kRangeLow;
  status.left_high = certain ? left : left * kRangeHigh;
}

}  // namespace hone
