#include "search/budget.h"

#include <cmath>

#include "core/text.h"
#include "search/objective.h"

namespace hone {

namespace {

/// A duration as one would write it in a spec: "90s", "45m", "8h".
std::string duration_text(double seconds) {
  if (seconds >= 3600 && std::fmod(seconds, 3600) == 0) return format_short(seconds / 3600) + "h";
  if (seconds >= 60 && std::fmod(seconds, 60) == 0) return format_short(seconds / 60) + "m";
  return format_short(seconds) + "s";
}

bool is_target_reached(const ExperimentSpec& spec, const StudyState& state) {
  if (!spec.budget.target) return false;
  const std::optional<std::int64_t> best = best_trial(state, spec);
  if (!best) return false;
  const ObjectiveSpec& objective = spec.objectives.front();
  const auto id = static_cast<std::size_t>(*best);
  const double value = settled_value(state.trials[id], state.ledgers[id], objective).value();
  return objective.goal == Goal::minimize ? value <= *spec.budget.target : value >= *spec.budget.target;
}

/// Trials younger than the best one that have a value.
std::int64_t trials_since_best(const ExperimentSpec& spec, const StudyState& state) {
  const std::optional<std::int64_t> best = best_trial(state, spec);
  if (!best) return 0;
  std::int64_t count = 0;
  for (std::size_t id = static_cast<std::size_t>(*best) + 1; id < state.trials.size(); ++id) {
    if (settled_value(state.trials[id], state.ledgers[id], spec.objectives.front())) ++count;
  }
  return count;
}

}  // namespace

std::optional<std::string> why_nothing_more(const ExperimentSpec& spec, const StudyState& state,
                                            double search_seconds) {
  if (spec.budget.wall && search_seconds >= *spec.budget.wall) return "wall " + duration_text(*spec.budget.wall);
  if (is_target_reached(spec, state)) return "target reached";
  return std::nullopt;
}

std::optional<std::string> why_no_new_trial(const ExperimentSpec& spec, const StudyState& state) {
  const auto asked = static_cast<std::int64_t>(state.trials.size());
  if (spec.budget.trials && asked >= *spec.budget.trials) return count_of(*spec.budget.trials, "trial");
  if (spec.budget.patience && trials_since_best(spec, state) >= *spec.budget.patience) {
    return "no better one among " + count_of(*spec.budget.patience, "trial");
  }
  return std::nullopt;
}

bool affords(const ExperimentSpec& spec, const StudyState& state, double units) {
  constexpr double kRounding = 1e-9;  // sums of fractional budgets
  return !spec.budget.units || state.units + units <= *spec.budget.units * (1 + kRounding);
}

std::string units_reason(const ExperimentSpec& spec) {
  return format_short(spec.budget.units.value_or(0)) + " " + spec.fidelity.unit;
}

}  // namespace hone
