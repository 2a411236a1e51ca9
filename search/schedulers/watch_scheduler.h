#pragma once

#include "search/schedulers/scheduler.h"

namespace hone {

/// Base of the schedulers that give every trial the full budget at once and only decide, after each report, whether it
/// may go on.
class WatchScheduler : public Scheduler {
 public:
  /// `budget` 0 = trials have no fidelity; their reports count from 1.
  explicit WatchScheduler(double budget) : budget_(budget) {}

  std::vector<double> rungs() const final { return {budget_}; }
  double first_budget(const History&) const final { return budget_; }
  std::optional<Promotion> promote(const History&) const final { return std::nullopt; }
  Verdict judge(const History& history, std::int64_t trial) const final {
    const HistoryTrial& running = history.trials.at(static_cast<std::size_t>(trial));
    if (running.curve.empty()) return Verdict::keep;
    return may_go_on(history, running) ? Verdict::keep : Verdict::stop;
  }

 private:
  /// `trial` has at least one report.
  virtual bool may_go_on(const History& history, const HistoryTrial& trial) const = 0;

  double budget_;
};

}  // namespace hone
