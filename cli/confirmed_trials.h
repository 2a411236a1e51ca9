#pragma once

#include <cstdint>
#include <vector>

#include "configs/experiment_spec.h"
#include "search/analysis/confirmation.h"
#include "search/study_state.h"

namespace hone {

/// The best `top` completed trials of the search, the best first: those that violate least, then by first objective.
std::vector<std::int64_t> trials_to_confirm(const StudyState& state, const ExperimentSpec& spec, std::int64_t top);

/// The repeats that are missing until each of `trials` has `seeds`: seed after seed, so that an end before the last one
/// has repeated all alike. Repeats that failed count.
std::vector<std::int64_t> missing_repeats(const StudyState& state, const std::vector<std::int64_t>& trials,
                                          std::int64_t seeds);

/// What the repeats in the study say, by its [confirm].
Confirmation confirmation_of(const StudyState& state, const ExperimentSpec& spec);

}  // namespace hone
