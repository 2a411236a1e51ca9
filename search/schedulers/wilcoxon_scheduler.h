#pragma once

#include <cstdint>
#include <span>

#include "configs/fields.h"
#include "search/schedulers/watch_scheduler.h"

namespace hone {

struct WilcoxonOptions {
  std::int64_t startup = 5;
};
std::span<const Field<WilcoxonOptions>> wilcoxon_fields();

/// For trials that report one value a fold or seed: stops a trial as soon as a one-sided Wilcoxon signed-rank test
/// over the folds it shares with the best finished trial finds it worse at the 5 % level, and its mean there is worse
/// too (Optuna's WilcoxonPruner does the same at 10 %). Best is the lowest mean over the folds. The objective must be
/// taken with from = "last" (the default): each report is then a fold of its own.
class WilcoxonScheduler final : public WatchScheduler {
 public:
  WilcoxonScheduler(const WilcoxonOptions& options, double budget) : WatchScheduler(budget), options_(options) {}

 private:
  bool may_go_on(const History& history, const HistoryTrial& trial) const override;

  WilcoxonOptions options_;
};

}  // namespace hone
