#include "search/objective.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "search/analysis/pareto.h"

namespace hone {

namespace {

std::vector<Candidate> candidates_of(const StudyState& state, const Goals& goals) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < state.trials.size(); ++i) {
    const Trial& trial = state.trials[i];
    if (!is_of_the_search(trial.origin)) continue;
    auto score = settled_score(trial, state.ledgers[i], goals);
    if (score) candidates.push_back({trial.id, trial.state == TrialState::completed, std::move(*score)});
  }
  return candidates;
}

std::vector<Candidate> candidates_of(const History& history) {
  std::vector<Candidate> candidates;
  for (const HistoryTrial& trial : history.trials) {
    if (!trial.teaches) continue;
    auto score = settled_score(trial);
    if (score) candidates.push_back({trial.id, trial.state == TrialState::completed, std::move(*score)});
  }
  return candidates;
}

template <class Predicate>
void keep_if_any(std::vector<Candidate>& candidates, const Predicate& predicate) {
  if (std::any_of(candidates.begin(), candidates.end(), predicate)) {
    std::erase_if(candidates, [&](const Candidate& candidate) { return !predicate(candidate); });
  }
}

/// Completed ones before others, feasible ones before others, else those that violate least.
std::vector<Candidate> first_choice(std::vector<Candidate> candidates) {
  keep_if_any(candidates, [](const Candidate& candidate) { return candidate.completed; });
  double least = INFINITY;
  for (const Candidate& candidate : candidates) least = std::min(least, total_violation(candidate.score));
  keep_if_any(candidates, [&](const Candidate& candidate) { return total_violation(candidate.score) <= least; });
  return candidates;
}

std::vector<std::int64_t> front_of(std::vector<Candidate> candidates) {
  candidates = first_choice(std::move(candidates));
  std::vector<ObjectiveVector> points;
  for (const Candidate& candidate : candidates) points.push_back(objectives_of(candidate.score));
  std::vector<std::int64_t> trials;
  for (const std::size_t i : ordered_front(points)) trials.push_back(candidates[i].trial);
  return trials;
}

/// How the trial stood when it reached a rung.
std::optional<RungValue> score_at(const Trial& trial, const ReachedRung& rung, const Goals& goals) {
  auto score = goals.score(std::span(trial.curve).first(rung.reports), rung.final_metrics);
  if (score) score->budget = rung.budget;
  return score;
}

/// Whether a trial is judged by its newest reports; else by the highest rung it reached.
bool is_settled(TrialState state) {
  return state == TrialState::completed || state == TrialState::rested || state == TrialState::stopped;
}

void set_score(HistoryTrial& view, const RungValue& score) {
  view.value = score.value;
  view.others = score.others;
  view.violations = score.violations;
}

}  // namespace

bool is_of_the_search(TrialOrigin origin) {
  return origin != TrialOrigin::confirm && origin != TrialOrigin::gate && origin != TrialOrigin::reproduce;
}

std::int64_t count_repeats(const StudyState& state) {
  return std::count_if(state.trials.begin(), state.trials.end(),
                       [](const Trial& trial) { return !is_of_the_search(trial.origin); });
}

std::optional<double> objective_of(const Trial& trial, const ObjectiveSpec& objective) {
  return value_of(trial.curve, trial.final_metrics, objective);
}

std::optional<double> settled_value(const Trial& trial, const TrialLedger& ledger, const ObjectiveSpec& objective) {
  if (trial.state == TrialState::failed) return std::nullopt;
  if (is_settled(trial.state)) return objective_of(trial, objective);
  if (ledger.reached.empty()) return std::nullopt;
  const ReachedRung& rung = ledger.reached.back();
  return value_of(std::span(trial.curve).first(rung.reports), rung.final_metrics, objective);
}

std::optional<RungValue> settled_score(const Trial& trial, const TrialLedger& ledger, const Goals& goals) {
  if (trial.state == TrialState::failed) return std::nullopt;
  if (is_settled(trial.state)) return goals.score(trial.curve, trial.final_metrics);
  return ledger.reached.empty() ? std::nullopt : score_at(trial, ledger.reached.back(), goals);
}

std::optional<RungValue> settled_score(const HistoryTrial& trial) {
  if (is_settled(trial.state) && trial.value)
    return RungValue{trial.budget, *trial.value, trial.others, trial.violations};
  if (is_settled(trial.state) || trial.state == TrialState::failed || trial.rungs.empty()) return std::nullopt;
  return trial.rungs.back();
}

std::vector<Candidate> first_choice(const StudyState& state, const Goals& goals) {
  return first_choice(candidates_of(state, goals));
}

std::optional<std::int64_t> best_candidate(std::vector<Candidate> candidates, std::span<const double> tolerances) {
  candidates = first_choice(std::move(candidates));
  if (candidates.empty()) return std::nullopt;
  const std::size_t objectives = candidates.front().score.others.size() + 1;
  for (std::size_t i = 0; i < objectives; ++i) {
    double best = INFINITY;
    for (const Candidate& candidate : candidates) best = std::min(best, objective_in(candidate.score, i));
    const bool is_last = i + 1 == objectives;
    const double tolerance = is_last || tolerances.empty() ? 0 : tolerances[i];
    const double bound = best + tolerance * std::abs(best);
    keep_if_any(candidates, [&](const Candidate& candidate) { return objective_in(candidate.score, i) <= bound; });
  }
  return candidates.front().trial;
}

ObjectiveVector objectives_of(const RungValue& score) {
  ObjectiveVector objectives = {score.value};
  objectives.insert(objectives.end(), score.others.begin(), score.others.end());
  return objectives;
}

std::optional<std::int64_t> best_trial(const StudyState& state, const ExperimentSpec& spec) {
  if (spec.objectives.empty()) return std::nullopt;
  const Goals goals(spec);
  return best_candidate(candidates_of(state, goals), goals.tolerances());
}

std::optional<std::int64_t> best_trial(const History& history) {
  return best_candidate(candidates_of(history), history.tolerances);
}

std::vector<std::int64_t> pareto_front(const StudyState& state, const ExperimentSpec& spec) {
  if (spec.objectives.empty()) return {};
  return front_of(candidates_of(state, Goals(spec)));
}

std::vector<std::int64_t> pareto_front(const History& history) { return front_of(candidates_of(history)); }

void update_view(HistoryTrial& view, const Trial& trial, const TrialLedger& ledger, const Goals& goals) {
  view.state = trial.state;
  view.failure = trial.state == TrialState::failed ? trial.failure : FailureClass::none;
  view.budget = trial.budget;
  view.value.reset();
  view.others.clear();
  view.violations.clear();
  view.curve.clear();
  view.rungs.clear();
  if (trial.state == TrialState::failed) return;

  for (std::size_t reports = 1; reports <= trial.curve.size(); ++reports) {
    goals.add_point(std::span(trial.curve).first(reports), view.curve);
  }
  for (const ReachedRung& rung : ledger.reached) {
    if (auto score = score_at(trial, rung, goals)) view.rungs.push_back(std::move(*score));
  }
  if (const auto score = goals.score(trial.curve, trial.final_metrics)) {
    set_score(view, *score);
  } else if (!view.rungs.empty()) {
    set_score(view, view.rungs.back());
  }
}

void add_report(HistoryTrial& view, const Trial& trial, const Goals& goals) {
  goals.add_point(trial.curve, view.curve);
  if (view.curve.empty()) return;
  if (goals.limits().empty()) {
    set_score(view, view.curve.back());
  } else if (const auto score = goals.score(trial.curve, trial.final_metrics)) {
    set_score(view, *score);
  }
}

}  // namespace hone
