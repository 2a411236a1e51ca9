#include "search/cached_answers.h"

#include <algorithm>

namespace hone {

bool answers_repeats(const ExperimentSpec& spec) {
  const auto has_no_noise = [](const ObjectiveSpec& objective) { return objective.noise == 0.0; };
  return spec.study.cache && std::all_of(spec.objectives.begin(), spec.objectives.end(), has_no_noise);
}

std::optional<std::int64_t> answer_to(const Params& params, const SearchSpace& space, const History& view) {
  const std::string key = space.key(params);
  for (const HistoryTrial& trial : view.trials) {
    // A copy went on from its parent's checkpoint: its results are not those of its parameters alone.
    const bool is_known = trial.state == TrialState::completed && trial.teaches && trial.value && !trial.copy_of;
    if (is_known && space.key(trial.params) == key) return trial.id;
  }
  return std::nullopt;
}

bool is_answered(const Trial& trial) { return trial.state == TrialState::completed && trial.attempt == 0; }

std::int64_t count_answered(const StudyState& state) {
  return std::count_if(state.trials.begin(), state.trials.end(), is_answered);
}

std::int64_t answers_in_a_row(const StudyState& state) {
  const auto launched = std::find_if_not(state.trials.rbegin(), state.trials.rend(), is_answered);
  return launched - state.trials.rbegin();
}

}  // namespace hone
