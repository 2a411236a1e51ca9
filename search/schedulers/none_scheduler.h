#pragma once

#include "search/schedulers/scheduler.h"

namespace hone {

/// Gives every trial the full budget at once and stops none.
class NoneScheduler final : public Scheduler {
 public:
  /// `budget` 0 = trials have no fidelity and run whole.
  explicit NoneScheduler(double budget) : budget_(budget) {}

  std::vector<double> rungs() const override { return {budget_}; }
  double first_budget(const History&) const override { return budget_; }
  Verdict judge(const History&, std::int64_t) const override { return Verdict::keep; }
  std::optional<Promotion> promote(const History&) const override { return std::nullopt; }

 private:
  double budget_;
};

}  // namespace hone
