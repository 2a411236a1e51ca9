#pragma once

#include <cstdint>
#include <optional>

#include "configs/experiment_spec.h"
#include "search/study_state.h"

namespace hone {

/// The trial that a study answers with: what best/ holds, what is compressed, what every verb calls the best.
struct StudyChoice {
  /// Nothing before a trial has a score.
  std::optional<std::int64_t> trial;
  /// Chosen on fresh seeds by `hone confirm`; else one seed chose it.
  bool confirmed = false;
};

/// The confirmed trial, else the knee of the front of several equal objectives, else best_trial (search/objective.h).
StudyChoice choice_of(const StudyState& state, const ExperimentSpec& spec);

}  // namespace hone
