#pragma once

#include <optional>
#include <string>

#include "configs/experiment_spec.h"
#include "search/goals.h"
#include "search/trial/history.h"

namespace hone {

/// What [budget] still allows. A study may spend its trials and units to the last one, never more.

/// Why nothing at all may be launched any more ("wall 30m", "target reached"), or nothing. The target is one of the
/// first objective, for a feasible trial. `search_seconds` is the search time up to now, over all processes.
std::optional<std::string> why_nothing_more(const ExperimentSpec& spec, const History& history, double search_seconds);

/// Why no new trial may be asked for ("100 trials", "no better one among 20 trials"; of several objectives: none on the
/// Pareto front), or nothing; trials that are there may still be promoted. `repeats` of the trials are confirmation's.
std::optional<std::string> why_no_new_trial(const ExperimentSpec& spec, const History& history,
                                            std::int64_t repeats = 0);

/// Whether a launch that costs `units` of [fidelity] fits, after `spent` ones.
bool affords(const ExperimentSpec& spec, double spent, double units);

/// "1000 epochs": the reason when nothing fits any more.
std::string units_reason(const ExperimentSpec& spec);

}  // namespace hone
