#include "search/schedulers/median_scheduler.h"

#include <algorithm>

#include "core/statistics.h"
#include "search/schedulers/due.h"

namespace hone {
namespace {

constexpr Field<MedianOptions> kFields[] = {
    {"startup", &MedianOptions::startup, {.low = 1}, "other trials needed at a step before anyone is stopped there"},
    {"warmup", &MedianOptions::warmup, {.low = 0}, "units of budget in which no trial is stopped"},
    {"interval", &MedianOptions::interval, {.low = 0}, "units between two looks at a trial; 0 = every report"},
};

/// Mean of the values up to a step, if the trial got there.
std::optional<double> running_mean(const HistoryTrial& trial, double step) {
  if (trial.curve.empty() || trial.curve.back().budget < step) return std::nullopt;
  double sum = 0;
  double count = 0;
  for (const RungValue& point : trial.curve) {
    if (point.budget > step) break;
    sum += point.value;
    ++count;
  }
  return count == 0 ? std::nullopt : std::optional(sum / count);
}

}  // namespace

std::span<const Field<MedianOptions>> median_fields() { return kFields; }

bool MedianScheduler::may_go_on(const History& history, const HistoryTrial& trial) const {
  if (!is_due(trial.curve, options_.warmup, options_.interval)) return true;
  std::vector<double> means;
  for (const HistoryTrial& other : history.trials) {
    if (other.id == trial.id || !other.teaches) continue;
    if (const auto value = running_mean(other, trial.curve.back().budget)) means.push_back(*value);
  }
  if (std::ssize(means) < options_.startup) return true;
  const auto best = std::min_element(trial.curve.begin(), trial.curve.end(),
                                     [](const RungValue& a, const RungValue& b) { return a.value < b.value; });
  return best->value <= median(std::move(means));
}

}  // namespace hone
