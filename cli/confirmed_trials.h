#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "configs/experiment_spec.h"
#include "search/analysis/confirmation.h"
#include "search/study_state.h"

namespace hone {

/// The best `top` completed trials of the search, the best first: those that violate least, then by the objective, or
/// as goals in turn. Of a front its knee and the trials nearest to it.
std::vector<std::int64_t> trials_to_confirm(const StudyState& state, const ExperimentSpec& spec, std::int64_t top);

/// The repeats that are missing until each of `trials` has `seeds`: seed after seed, so that an end before the last one
/// has repeated all alike. Repeats that failed count.
std::vector<std::int64_t> missing_repeats(const StudyState& state, const std::vector<std::int64_t>& trials,
                                          std::int64_t seeds);

/// What the repeats of a study say.
struct StudyConfirmation {
  /// One an objective, all with the same candidates; the choice of each is by its objective alone.
  std::vector<Confirmation> objectives;
  /// The confirmed trial. Nothing before a candidate has a score on two fresh seeds, and while a repeat still waits.
  std::optional<std::int64_t> chosen;

  /// What the fresh seeds say of the confirmed trial by an objective; null without one.
  const Confirmed* confirmed(std::size_t objective = 0) const;
};

/// By the study's [confirm]: one objective by its rule; of several the shrunk estimates are compared as goals in turn,
/// or the knee of their front is chosen.
StudyConfirmation confirmation_of(const StudyState& state, const ExperimentSpec& spec);

}  // namespace hone
