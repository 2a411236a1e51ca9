#include "cli/confirmed_trials.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "search/analysis/pareto.h"
#include "search/cached_answers.h"
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

bool has_front(const Goals& goals) { return goals.objectives().size() > 1 && goals.tolerances().empty(); }

std::vector<Candidate> completed_trials(const StudyState& state, const Goals& goals) {
  std::vector<Candidate> candidates;
  for (const Trial& trial : state.trials) {
    const bool is_candidate = trial.state == TrialState::completed && is_of_the_search(trial.origin);
    if (!is_candidate || is_answered(trial)) continue;
    auto score = settled_score(trial, state.ledgers[static_cast<std::size_t>(trial.id)], goals);
    if (score) candidates.push_back({trial.id, /*completed=*/true, std::move(*score)});
  }
  return candidates;
}

/// Best first, the `top` best.
std::vector<std::int64_t> ranked(std::vector<Candidate> candidates, const Goals& goals, std::size_t top) {
  std::vector<std::int64_t> trials;
  while (trials.size() < top && !candidates.empty()) {
    trials.push_back(*best_candidate(candidates, goals.tolerances()));
    std::erase_if(candidates, [&](const Candidate& candidate) { return candidate.trial == trials.back(); });
  }
  return trials;
}

/// The knee of the front and those nearest to it, each objective scaled to its range over the front.
std::vector<std::int64_t> around_the_knee(const std::vector<std::int64_t>& trials,
                                          const std::vector<ObjectiveVector>& points, std::size_t top) {
  std::vector<ObjectiveVector> front;
  std::vector<std::int64_t> on_front;
  for (const std::size_t i : ordered_front(points)) {
    front.push_back(points[i]);
    on_front.push_back(trials[i]);
  }
  const ObjectiveVector knee = front[knee_of(front)];
  std::vector<std::pair<double, std::int64_t>> by_distance;
  for (std::size_t i = 0; i < front.size(); ++i) {
    double distance = 0;
    for (std::size_t k = 0; k < knee.size(); ++k) {
      const auto [low, high] = std::minmax_element(
          front.begin(), front.end(), [&](const ObjectiveVector& a, const ObjectiveVector& b) { return a[k] < b[k]; });
      const double range = (*high)[k] - (*low)[k];
      const double step = range > 0 ? (front[i][k] - knee[k]) / range : 0;
      distance += step * step;
    }
    by_distance.emplace_back(distance, on_front[i]);
  }
  std::sort(by_distance.begin(), by_distance.end());
  std::vector<std::int64_t> nearest;
  for (const auto& [distance, trial] : by_distance) {
    if (nearest.size() < top) nearest.push_back(trial);
  }
  return nearest;
}

bool any_waits(const StudyState& state) {
  return std::any_of(state.trials.begin(), state.trials.end(), [](const Trial& trial) {
    const bool goes_on = trial.state == TrialState::waiting || trial.state == TrialState::running;
    return goes_on && trial.origin == TrialOrigin::confirm;
  });
}

Confirmation confirmation_by(const StudyState& state, const ConfirmSpec& confirm, const ObjectiveSpec& objective) {
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
  return confirm_statistics(all, objective.goal == Goal::maximize, confirm.rule, confirm.alpha);
}

/// The choice by all objectives: they are compared by their shrunk estimates.
std::optional<std::int64_t> chosen_by_all(const std::vector<Confirmation>& objectives, const Goals& goals) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < objectives.front().candidates.size(); ++i) {
    if (!objectives.front().candidates[i].shrunk_interval) continue;
    Candidate& candidate = candidates.emplace_back();
    candidate.trial = objectives.front().candidates[i].trial;
    candidate.completed = true;
    for (std::size_t k = 0; k < objectives.size(); ++k) {
      const double value = goals.turned(k, objectives[k].candidates[i].shrunk);
      if (k == 0) {
        candidate.score.value = value;
      } else {
        candidate.score.others.push_back(value);
      }
    }
  }
  if (candidates.empty()) return std::nullopt;
  if (!has_front(goals)) return best_candidate(candidates, goals.tolerances());
  std::vector<std::int64_t> trials;
  std::vector<ObjectiveVector> points;
  for (const Candidate& candidate : candidates) {
    trials.push_back(candidate.trial);
    points.push_back(objectives_of(candidate.score));
  }
  return around_the_knee(trials, points, 1).front();
}

}  // namespace

std::vector<std::int64_t> trials_to_confirm(const StudyState& state, const ExperimentSpec& spec, std::int64_t top) {
  const Goals goals(spec);
  std::vector<Candidate> candidates = completed_trials(state, goals);
  const auto count = static_cast<std::size_t>(top);
  if (!has_front(goals)) return ranked(std::move(candidates), goals, count);
  const bool any_feasible = std::any_of(candidates.begin(), candidates.end(),
                                        [](const Candidate& candidate) { return is_feasible(candidate.score); });
  if (!any_feasible) return ranked(std::move(candidates), goals, count);
  std::vector<std::int64_t> trials;
  std::vector<ObjectiveVector> points;
  for (const Candidate& candidate : candidates) {
    if (!is_feasible(candidate.score)) continue;
    trials.push_back(candidate.trial);
    points.push_back(objectives_of(candidate.score));
  }
  return around_the_knee(trials, points, count);
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

const Confirmed* StudyConfirmation::confirmed(std::size_t objective) const {
  if (!chosen) return nullptr;
  for (const Confirmed& candidate : objectives.at(objective).candidates) {
    if (candidate.trial == chosen) return &candidate;
  }
  return nullptr;
}

StudyConfirmation confirmation_of(const StudyState& state, const ExperimentSpec& spec) {
  StudyConfirmation result;
  for (const ObjectiveSpec& objective : spec.objectives) {
    result.objectives.push_back(confirmation_by(state, spec.confirm, objective));
  }
  if (result.objectives.empty() || any_waits(state)) return result;
  result.chosen =
      result.objectives.size() == 1 ? result.objectives.front().chosen : chosen_by_all(result.objectives, Goals(spec));
  return result;
}

}  // namespace hone
