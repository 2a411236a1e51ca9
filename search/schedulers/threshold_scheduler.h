#pragma once

#include <optional>
#include <span>

#include "configs/fields.h"
#include "core/metrics.h"
#include "search/schedulers/watch_scheduler.h"

namespace hone {

struct ThresholdOptions {
  std::optional<double> lower;
  std::optional<double> upper;
  double warmup = 0;
  double interval = 0;
};
std::span<const Field<ThresholdOptions>> threshold_fields();

/// Stops a trial whose objective leaves the range that a sane run stays in.
class ThresholdScheduler final : public WatchScheduler {
 public:
  /// The bounds are the user's, in the direction of `goal`.
  ThresholdScheduler(const ThresholdOptions& options, Goal goal, double budget)
      : WatchScheduler(budget), options_(options), sign_(goal == Goal::maximize ? -1.0 : 1.0) {}

 private:
  bool may_go_on(const History& history, const HistoryTrial& trial) const override;

  ThresholdOptions options_;
  double sign_;
};

}  // namespace hone
