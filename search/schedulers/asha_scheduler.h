#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "configs/fields.h"
#include "search/schedulers/rung_ranking.h"
#include "search/schedulers/scheduler.h"

namespace hone {

struct AshaOptions {
  std::int64_t eta = 3;
  std::int64_t brackets = 1;
  std::string mode = "promote";
  bool thrifty = true;
};
std::span<const Field<AshaOptions>> asha_fields();

struct HyperbandOptions {
  std::int64_t eta = 3;
  std::string mode = "promote";
  bool thrifty = true;
};
std::span<const Field<HyperbandOptions>> hyperband_fields();

/// Asynchronous successive halving (Li et al. 2020, "A system for massively parallel hyperparameter tuning", algorithm
/// 2). A trial goes on beyond a rung when it belongs to the best 1/eta of it: by promotion it rests at its rung and is
/// launched again; by stopping (Ray's variant, for trainers that cannot resume) it runs on until it falls behind in a
/// rung that holds eta or more.
///
/// The best 1/eta are many in a long study, and few of them can still become the best. A thrifty study (a deviation
/// from the paper) therefore promotes a trial only when its chance to become the best of all, for each unit of the
/// budget to the next rung, is at least that of a new trial: chance_of_best against 1/units spent so far. What it holds
/// back goes on when no new trial may start any more.
///
/// A promoted trial keeps its place in the rungs it has left. A failed one counts as worst in the rung it failed at and
/// in those below, so that another takes its place there. At the end of a study every rung may send its best trial on,
/// even when it holds fewer than eta.
///
/// Bracket b starts its trials at rung b, all brackets share the rungs. Which bracket a trial belongs to follows from
/// its number alone. Several objectives and constraints: see rank.
class AshaScheduler final : public Scheduler {
 public:
  /// Rungs min·etaᵏ below max, then max itself. A rung nearer to max than a factor √eta is left out: the few units
  /// above it would not be worth another launch. Each further bracket gets a quarter of the trials of the one before.
  AshaScheduler(const AshaOptions& options, double min, double max, std::vector<double> tolerances = {});
  /// Hyperband (Li et al. 2018, algorithm 1) without its synchronous rounds: as many brackets as rungs, and of the
  /// trials each gets the share that the brackets' first rounds have there, ⌈(s_max+1)/(s+1)·etaˢ⌉ with s rungs to go.
  static AshaScheduler hyperband(const HyperbandOptions& options, double min, double max,
                                 std::vector<double> tolerances = {});

  std::vector<double> rungs() const override;
  double first_budget(const History& history) const override;
  Verdict judge(const History& history, std::int64_t trial) const override;
  /// From the highest rung that has one, its best promotable trial.
  std::optional<Promotion> promote(const History& history) const override;
  std::optional<Promotion> promote_at_end(const History& history) const override;

 private:
  AshaScheduler(const HyperbandOptions& options, std::vector<double> rungs, std::vector<double> weights,
                std::vector<double> tolerances);

  /// The best 1/eta of each rung, `at_least` so many of it, those worth their units alone if `thrifty`.
  std::optional<Promotion> promote(const History& history, std::int64_t at_least, bool thrifty) const;
  /// The rung a trial starts at.
  std::size_t first_rung(std::int64_t trial) const;
  /// All that reached a rung or failed on the way to it or later, best first.
  std::vector<RungMember> members_of(const History& history, std::size_t rung) const;

  std::int64_t eta_;
  bool stops_;
  bool thrifty_;
  std::vector<double> rungs_;
  /// Of the trials, by bracket; they sum to 1.
  std::vector<double> shares_;
  std::vector<double> tolerances_;
};

/// The chance that the trial at `place` (0 = best) of the `size` members of a rung is the best of them at full budget,
/// where scores at this rung and at full budget are normal with correlation ½^share, `share` = log(full/rung) /
/// log(full/lowest rung): ½ from the lowest rung on. That is less than the rank correlations of most learning curves
/// (.7 to .9 on those of TaskSet): a promotion too many costs a few units, one too few the best trial.
double chance_of_best(double place, double size, double share);

}  // namespace hone
