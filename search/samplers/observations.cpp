#include "search/samplers/observations.h"

#include <limits>
#include <map>
#include <optional>
#include <tuple>

namespace hone {
namespace {

std::optional<Observation> observation_of(const HistoryTrial& trial) {
  if (!trial.teaches || trial.state == TrialState::failed) return std::nullopt;
  if (trial.state == TrialState::completed && trial.value) {
    return Observation{&trial, std::numeric_limits<double>::infinity(), *trial.value};
  }
  if (!trial.rungs.empty()) return Observation{&trial, trial.rungs.back().budget, trial.rungs.back().value};
  const bool ended = trial.state == TrialState::stopped || trial.state == TrialState::rested;
  if (!ended || !trial.value) return std::nullopt;
  return Observation{&trial, trial.curve.empty() ? 0 : trial.curve.back().budget, *trial.value};
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

std::vector<Observation> observations(const History& history) {
  std::vector<Observation> list;
  for (const HistoryTrial& trial : history.trials) {
    if (const auto observation = observation_of(trial)) list.push_back(*observation);
  }
  return list;
}

std::vector<Observation> observations_at_one_budget(const History& history, std::size_t needed) {
  std::map<double, std::vector<Observation>> by_budget;
  for (const HistoryTrial& trial : history.trials) {
    if (!trial.teaches || trial.state == TrialState::failed) continue;
    for (const RungValue& rung : trial.rungs) by_budget[rung.budget].push_back({&trial, rung.budget, rung.value});
  }
  std::vector<Observation> most;
  for (auto level = by_budget.rbegin(); level != by_budget.rend(); ++level) {
    if (level->second.size() >= needed) return level->second;
    if (level->second.size() > most.size()) most = level->second;
  }
  return most;
}

bool is_better(const Observation& a, const Observation& b) {
  return std::make_tuple(-a.reached, a.value, a.trial->id) < std::make_tuple(-b.reached, b.value, b.trial->id);
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
