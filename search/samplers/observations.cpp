#include "search/samplers/observations.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <tuple>

#include "search/trial/ranking.h"

namespace hone {
namespace {

Observation observation_of(const HistoryTrial& trial, double reached, const RungValue& at) {
  Observation observation;
  observation.trial = &trial;
  observation.reached = reached;
  observation.value = at.value;
  observation.others = at.others;
  observation.violations = at.violations;
  return observation;
}

/// The observation of the newest value.
Observation newest_observation_of(const HistoryTrial& trial, double reached) {
  Observation observation;
  observation.trial = &trial;
  observation.reached = reached;
  observation.value = *trial.value;
  observation.others = trial.others;
  observation.violations = trial.violations;
  return observation;
}

std::optional<Observation> observation_of(const HistoryTrial& trial) {
  if (!trial.teaches || trial.state == TrialState::failed) return std::nullopt;
  if (trial.state == TrialState::completed && trial.value) {
    return newest_observation_of(trial, std::numeric_limits<double>::infinity());
  }
  if (!trial.rungs.empty()) return observation_of(trial, trial.rungs.back().budget, trial.rungs.back());
  const bool ended = trial.state == TrialState::stopped || trial.state == TrialState::rested;
  if (!ended || !trial.value) return std::nullopt;
  return newest_observation_of(trial, trial.curve.empty() ? 0 : trial.curve.back().budget);
}

/// Fills in what needs all observations: total violations, and tiers among those that reached as much.
std::vector<Observation> ranked(std::vector<Observation> list, const History& history) {
  const auto has = [&](auto member) {
    return std::any_of(list.begin(), list.end(), [&](const Observation& one) { return !(one.*member).empty(); });
  };
  if (has(&Observation::violations)) {
    std::vector<std::span<const double>> violations;
    for (const Observation& one : list) violations.push_back(one.violations);
    const std::vector<double> totals = total_violations(violations);
    for (std::size_t i = 0; i < list.size(); ++i) list[i].violation = totals[i];
  }
  if (!has(&Observation::others)) return list;
  std::map<double, std::vector<std::size_t>> by_reached;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].is_feasible()) by_reached[list[i].reached].push_back(i);
  }
  for (const auto& [reached, members] : by_reached) {
    std::vector<ObjectiveVector> points;
    for (const std::size_t i : members) points.push_back(objectives_of(list[i]));
    const std::vector<std::size_t> tiers = tiers_of(points, history.tolerances);
    for (std::size_t j = 0; j < members.size(); ++j) list[members[j]].tier = tiers[j];
  }
  return list;
}

/// Whether the parameters may be to blame; the other classes come from the machine or from people.
bool parameters_may_be_to_blame(FailureClass failure) {
  switch (failure) {
    case FailureClass::no_result:
    case FailureClass::infeasible:
    case FailureClass::non_finite:
    case FailureClass::out_of_memory:
    case FailureClass::timeout:
    case FailureClass::stalled:
    case FailureClass::crash:
      return true;
    case FailureClass::none:
    case FailureClass::usage:
    case FailureClass::environment:
    case FailureClass::hardware:
    case FailureClass::preempted:
    case FailureClass::lost:
    case FailureClass::disk_full:
    case FailureClass::cancelled:
      break;
  }
  return false;
}

}  // namespace

ObjectiveVector objectives_of(const Observation& observation) {
  ObjectiveVector point = {observation.value};
  point.insert(point.end(), observation.others.begin(), observation.others.end());
  return point;
}

std::vector<Observation> observations(const History& history) {
  std::vector<Observation> list;
  list.reserve(history.trials.size());
  for (const HistoryTrial& trial : history.trials) {
    if (const auto observation = observation_of(trial)) list.push_back(*observation);
  }
  return ranked(std::move(list), history);
}

std::vector<Observation> observations_at_one_budget(const History& history, std::size_t needed) {
  std::map<double, std::vector<Observation>> by_budget;
  for (const HistoryTrial& trial : history.trials) {
    if (!trial.teaches || trial.state == TrialState::failed) continue;
    for (const RungValue& rung : trial.rungs)
      by_budget[rung.budget].push_back(observation_of(trial, rung.budget, rung));
  }
  std::vector<Observation> most;
  for (auto level = by_budget.rbegin(); level != by_budget.rend(); ++level) {
    if (level->second.size() > most.size()) most = level->second;
    if (level->second.size() >= needed) break;
  }
  return ranked(std::move(most), history);
}

bool is_better(const Observation& a, const Observation& b) {
  return std::make_tuple(a.violation, -a.reached, a.tier, a.value, a.trial->id) <
         std::make_tuple(b.violation, -b.reached, b.tier, b.value, b.trial->id);
}

std::vector<const HistoryTrial*> discouraging(const History& history, bool learn_failures) {
  std::vector<const HistoryTrial*> list;
  for (const HistoryTrial& trial : history.trials) {
    if (!trial.teaches) continue;
    const bool pending =
        (trial.state == TrialState::waiting || trial.state == TrialState::running) && trial.rungs.empty();
    const bool failed =
        learn_failures && trial.state == TrialState::failed && parameters_may_be_to_blame(trial.failure);
    if (pending || failed) list.push_back(&trial);
  }
  return list;
}

}  // namespace hone
