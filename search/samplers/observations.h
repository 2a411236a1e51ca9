#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "search/trial/dominance.h"
#include "search/trial/history.h"

namespace hone {

/// What a trial has shown so far, for samplers that rank trials and do not care by how much one is better.
struct Observation {
  const HistoryTrial* trial = nullptr;
  /// Largest budget with a value; infinite for a completed trial.
  double reached = 0;
  /// Minimised.
  double value = 0;
  /// Objectives after the first and violations of outcome constraints that go with `value`, as in RungValue.
  std::span<const double> others = {};
  std::span<const double> violations = {};
  /// Total violation (search/trial/ranking.h); 0 = feasible.
  double violation = 0;
  /// With several objectives the place among the feasible observations that reached as much; 0 with one.
  std::size_t tier = 0;

  bool is_feasible() const { return violation == 0; }
};

/// All its objectives, minimised.
ObjectiveVector objectives_of(const Observation& observation);

/// Trials with a value in order of id: completed, stopped or rested ones, and those launched again after a rest. They
/// point into `history`.
std::vector<Observation> observations(const History& history);

/// Values that may be compared by how far they lie apart: those at the highest budget at which at least `needed` trials
/// have one, else at the budget with the most (the higher of equals). In order of id; `reached` is that budget. Values
/// of trials that never rested or completed (stopped between rungs) belong to no budget and are left out.
std::vector<Observation> observations_at_one_budget(const History& history, std::size_t needed);

/// Total order of observations: feasible trials first, of others the less violating; complete trials first, then the
/// higher rung; with several objectives the lower tier; then the lower value, then the older trial. A value at a small
/// budget never competes with one at a larger budget: only schedulers that send the best on make that fair, and all of
/// ours do.
bool is_better(const Observation& a, const Observation& b);

/// Trials that speak against their parameters, in order of id: running ones without a value at any rung (so that
/// proposals made side by side keep apart) and, when `learn_failures`, those whose failure their parameters may have
/// caused.
std::vector<const HistoryTrial*> discouraging(const History& history, bool learn_failures);

}  // namespace hone
