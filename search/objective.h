#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "configs/experiment_spec.h"
#include "search/goals.h"
#include "search/study_state.h"
#include "search/trial/dominance.h"
#include "search/trial/history.h"

namespace hone {

/// A trial's objective in the user's direction after `from` (last, best, mean:K; a final line wins), or nothing.
std::optional<double> objective_of(const Trial& trial, const ObjectiveSpec& objective);
/// The value a trial is judged by: while it runs on after a promotion, that of the highest rung it reached; nothing
/// while it runs for the first time, and nothing where it failed.
std::optional<double> settled_value(const Trial& trial, const TrialLedger& ledger, const ObjectiveSpec& objective);
/// The same for all objectives and constraints, minimised.
std::optional<RungValue> settled_score(const Trial& trial, const TrialLedger& ledger, const Goals& goals);
std::optional<RungValue> settled_score(const HistoryTrial& trial);

/// A trial that may be chosen, with what it is judged by.
struct Candidate {
  std::int64_t trial = 0;
  bool completed = false;
  RungValue score;
};
/// The trials best_trial and pareto_front choose among: completed ones before others, feasible ones before others, else
/// those that violate least. In order of id.
std::vector<Candidate> first_choice(const StudyState& state, const Goals& goals);
/// The best of some: of their first choice (completed, feasible, or least violating) the one best_trial describes.
std::optional<std::int64_t> best_candidate(std::vector<Candidate> candidates, std::span<const double> tolerances);
/// All objectives of a score, minimised.
ObjectiveVector objectives_of(const RungValue& score);

/// The best completed trial; where none completed, the best by settled_score; of several a feasible one, where none is
/// feasible the one that violates least. By the first objective, the others break ties; with tolerances the objectives
/// are goals in turn: who is within the tolerance of the best goes on to the next one. Of equal ones the earlier.
/// Nothing without a score. Repeats for confirmation do not count.
std::optional<std::int64_t> best_trial(const StudyState& state, const ExperimentSpec& spec);
std::optional<std::int64_t> best_trial(const History& history);
/// The trials that no other one dominates, of those best_trial would choose among, by rising first objective.
std::vector<std::int64_t> pareto_front(const StudyState& state, const ExperimentSpec& spec);
std::vector<std::int64_t> pareto_front(const History& history);

/// Brings a policy's view of a trial up to date; `view.params` stay as they are. A trial that failed carries no value.
void update_view(HistoryTrial& view, const Trial& trial, const TrialLedger& ledger, const Goals& goals);
/// The same after the trial has reported once more, without going through its whole curve.
void add_report(HistoryTrial& view, const Trial& trial, const Goals& goals);
/// Whether a trial of this origin is one of the search's own: repeats for confirmation and the like teach nothing.
bool is_of_the_search(TrialOrigin origin);
/// Trials that are not.
std::int64_t count_repeats(const StudyState& state);

}  // namespace hone
