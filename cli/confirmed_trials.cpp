#include "cli/confirmed_trials.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "search/objective.h"

namespace hone {

namespace {

/// The trial that a repeat repeats.
std::int64_t repeated_by(const Trial& repeat) {
  return nlohmann::json::parse(repeat.notes).at("of").get<std::int64_t>();
}

std::map<std::int64_t, std::int64_t> count_by_trial(const StudyState& state) {
  std::map<std::int64_t, std::int64_t> counts;
  for (const Trial& trial : state.trials) {
    if (trial.origin == TrialOrigin::confirm) ++counts[repeated_by(trial)];
  }
  return counts;
}

}  // namespace

std::vector<std::int64_t> trials_to_confirm(const StudyState& state, const ExperimentSpec& spec, std::int64_t top) {
  const Goals goals(spec);
  std::vector<std::tuple<double, double, std::int64_t>> ranked;
  for (const Trial& trial : state.trials) {
    if (trial.state != TrialState::completed || !is_of_the_search(trial.origin)) continue;
    const auto score = settled_score(trial, state.ledgers[static_cast<std::size_t>(trial.id)], goals);
    if (score) ranked.emplace_back(total_violation(*score), score->value, trial.id);
  }
  std::sort(ranked.begin(), ranked.end());
  if (ranked.size() > static_cast<std::size_t>(top)) ranked.resize(static_cast<std::size_t>(top));
  std::vector<std::int64_t> trials;
  for (const auto& one : ranked) trials.push_back(std::get<2>(one));
  return trials;
}

std::vector<std::int64_t> missing_repeats(const StudyState& state, const std::vector<std::int64_t>& trials,
                                          std::int64_t seeds) {
  std::map<std::int64_t, std::int64_t> counts = count_by_trial(state);
  std::vector<std::int64_t> missing;
  for (std::int64_t round = 0; round < seeds; ++round) {
    for (const std::int64_t trial : trials) {
      if (counts[trial] <= round) missing.push_back(trial);
    }
  }
  return missing;
}

Confirmation confirmation_of(const StudyState& state, const ExperimentSpec& spec) {
  if (spec.objectives.empty()) return {};
  const ObjectiveSpec& objective = spec.objectives.front();
  std::map<std::int64_t, Repeated> repeated;
  for (const Trial& trial : state.trials) {
    if (trial.origin != TrialOrigin::confirm) continue;
    const std::int64_t of = repeated_by(trial);
    Repeated& one = repeated[of];
    one.trial = of;
    one.first = objective_of(state.trials.at(static_cast<std::size_t>(of)), objective).value_or(0);
    const auto value = trial.state == TrialState::completed ? objective_of(trial, objective) : std::nullopt;
    if (value) one.fresh.push_back(*value);
  }
  std::vector<Repeated> all;
  for (const auto& [trial, one] : repeated) all.push_back(one);
  return confirm_statistics(all, objective.goal == Goal::maximize, spec.confirm.rule, spec.confirm.alpha);
}

}  // namespace hone
