#include "cli/study_choice.h"

#include "cli/confirmed_trials.h"
#include "cli/report/front_results.h"
#include "search/objective.h"

namespace hone {

StudyChoice choice_of(const StudyState& state, const ExperimentSpec& spec) {
  StudyChoice choice;
  choice.trial = confirmation_of(state, spec).chosen;
  choice.confirmed = choice.trial.has_value();
  if (choice.confirmed) return choice;
  const auto front = front_results(spec, state);
  choice.trial = front && front->is_answer() ? front->knee_trial()->trial : best_trial(state, spec);
  return choice;
}

}  // namespace hone
