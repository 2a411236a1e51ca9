#pragma once

#include <cstdint>
#include <optional>

#include "configs/experiment_spec.h"
#include "search/study_state.h"
#include "search/trial/history.h"
#include "search/trial/search_space.h"

namespace hone {

/// A configuration that was measured before need not be measured again where every objective is declared
/// deterministic, `noise = "none"` (search.md §2): it is answered from the log. The answer is a trial like others but
/// for its launch: `asked`, then `answered {"of":3}` with the number of the trial whose results it takes over. It
/// teaches the sampler, so that a population gets its member, and costs nothing of [budget].

/// Whether the study answers repeats: `study.cache`, and no objective has noise.
bool answers_repeats(const ExperimentSpec& spec);

/// The first completed trial of the view with the same active parameters.
std::optional<std::int64_t> answer_to(const Params& params, const SearchSpace& space, const History& view);

/// Whether a trial was answered: it is completed and was never launched.
bool is_answered(const Trial& trial);
std::int64_t count_answered(const StudyState& state);
/// Answers since the last trial that was launched. After many of them nothing new is proposed any more.
std::int64_t answers_in_a_row(const StudyState& state);
inline constexpr std::int64_t kMostAnswersInARow = 300;

}  // namespace hone
