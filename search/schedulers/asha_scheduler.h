#pragma once

#include <cstdint>
#include <span>

#include "configs/fields.h"
#include "search/schedulers/scheduler.h"

namespace hone {

struct AshaOptions {
  std::int64_t eta = 3;
};
std::span<const Field<AshaOptions>> asha_fields();

/// Asynchronous successive halving (Li et al. 2020, "A system for massively parallel hyperparameter tuning", algorithm
/// 2) by promotion, in one bracket: a trial rests at its rung and is launched again when it belongs to the best 1/eta
/// of it.
///
/// A promoted trial keeps its place in the rungs it has left. A failed one counts as worst in the rung it failed at and
/// in those below, so that another takes its place there. At the end of a study every rung may send its best trial on,
/// even when it holds fewer than eta.
class AshaScheduler final : public Scheduler {
 public:
  /// Rungs min·etaᵏ below max, then max itself. A rung nearer to max than a factor √eta is left out: the few units
  /// above it would not be worth another launch.
  AshaScheduler(const AshaOptions& options, double min, double max);

  std::vector<double> rungs() const override { return rungs_; }
  double first_budget(const History&) const override { return rungs_.front(); }
  Verdict judge(const History&, std::int64_t) const override { return Verdict::keep; }
  /// From the highest rung that has one, its best promotable trial.
  std::optional<Promotion> promote(const History& history) const override;
  std::optional<Promotion> promote_at_end(const History& history) const override;

 private:
  std::optional<Promotion> promote(const History& history, std::int64_t at_least) const;

  std::int64_t eta_;
  std::vector<double> rungs_;
};

}  // namespace hone
