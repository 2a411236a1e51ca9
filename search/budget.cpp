#include "search/budget.h"

#include <algorithm>
#include <cmath>
#include <vector>

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

bool is_target_reached(const ExperimentSpec& spec, const History& history) {
  if (!spec.budget.target) return false;
  const std::optional<std::int64_t> best = best_trial(history);
  if (!best) return false;
  const RungValue score = settled_score(history.trials[static_cast<std::size_t>(*best)]).value();
  return is_feasible(score) && score.value <= Goals(spec).turned(0, *spec.budget.target);
}

/// The newest trial that is among the best: with several objectives of equal rank, on their front.
std::optional<std::int64_t> newest_best(const History& history, bool has_front) {
  if (!has_front) return best_trial(history);
  const std::vector<std::int64_t> front = pareto_front(history);
  if (front.empty()) return std::nullopt;
  return *std::max_element(front.begin(), front.end());
}

/// Trials younger than the best one that have a value.
std::int64_t trials_since_best(const ExperimentSpec& spec, const History& history) {
  const bool has_front = spec.objectives.size() > 1 && history.tolerances.empty();
  const std::optional<std::int64_t> best = newest_best(history, has_front);
  if (!best) return 0;
  return std::count_if(history.trials.begin() + *best + 1, history.trials.end(),
                       [](const HistoryTrial& trial) { return trial.teaches && settled_score(trial).has_value(); });
}

}  // namespace

std::optional<std::string> why_nothing_more(const ExperimentSpec& spec, const History& history, double search_seconds) {
  if (spec.budget.wall && search_seconds >= *spec.budget.wall) return "wall " + duration_text(*spec.budget.wall);
  if (is_target_reached(spec, history)) return "target reached";
  return std::nullopt;
}

std::optional<std::string> why_no_new_trial(const ExperimentSpec& spec, const History& history, std::int64_t repeats) {
  const auto asked = static_cast<std::int64_t>(history.trials.size()) - repeats;
  if (spec.budget.trials && asked >= *spec.budget.trials) return count_of(*spec.budget.trials, "trial");
  if (spec.budget.patience && trials_since_best(spec, history) >= *spec.budget.patience) {
    return "no better one among " + count_of(*spec.budget.patience, "trial");
  }
  return std::nullopt;
}

bool affords(const ExperimentSpec& spec, double spent, double units) {
  constexpr double kRounding = 1e-9;  // sums of fractional budgets
  return !spec.budget.units || spent + units <= *spec.budget.units * (1 + kRounding);
}

std::string units_reason(const ExperimentSpec& spec) {
  return format_short(spec.budget.units.value_or(0)) + " " + spec.fidelity.unit;
}

}  // namespace hone
