#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "configs/experiment_spec.h"
#include "search/study_state.h"
#include "search/trial/history.h"

namespace hone {

/// A trial's objective in the user's direction after `from` (last, best, mean:K; a final line wins), or nothing.
std::optional<double> objective_of(const Trial& trial, const ObjectiveSpec& objective);
/// The value a trial is judged by: while it runs on after a promotion, that of the highest rung it reached; nothing
/// while it runs for the first time, and nothing where it failed.
std::optional<double> settled_value(const Trial& trial, const TrialLedger& ledger, const ObjectiveSpec& objective);
/// The best completed trial; where none completed, the best by settled_value. Nothing without a value. Of equal ones
/// the earlier.
std::optional<std::int64_t> best_trial(const StudyState& state, const ExperimentSpec& spec);

/// Brings a policy's view of a trial up to date: here, and only here, maximised objectives change their sign.
/// A trial that failed carries no value. `view.params` stay as they are.
void update_view(HistoryTrial& view, const Trial& trial, const TrialLedger& ledger, const ObjectiveSpec& objective);

}  // namespace hone
