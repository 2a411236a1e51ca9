#include "search/objective.h"

#include <algorithm>
#include <cassert>
#include <span>
#include <string_view>

#include "core/text.h"

namespace hone {

namespace {

std::optional<double> metric_in(const std::map<std::string, double>& metrics, const std::string& name) {
  const auto found = metrics.find(name);
  return found == metrics.end() ? std::nullopt : std::optional<double>(found->second);
}

bool is_better(double a, double b, Goal goal) { return goal == Goal::minimize ? a < b : a > b; }

/// The objective after each report that has it: what `from` makes of the reports up to that one.
std::vector<RungValue> values_along(std::span<const TrialReport> curve, const ObjectiveSpec& objective) {
  constexpr std::string_view kMean = "mean:";
  const bool takes_mean = objective.from.starts_with(kMean);
  const std::int64_t mean_over =
      takes_mean ? parse_integer(std::string_view(objective.from).substr(kMean.size())).value() : 0;

  std::vector<double> raw;
  std::vector<RungValue> values;
  for (const TrialReport& report : curve) {
    const std::optional<double> value = metric_in(report.metrics, objective.metric);
    if (!value) continue;
    raw.push_back(*value);
    double judged = *value;
    if (objective.from == "best" && !values.empty() && !is_better(*value, values.back().value, objective.goal)) {
      judged = values.back().value;
    } else if (takes_mean) {
      const auto count = std::min(raw.size(), static_cast<std::size_t>(mean_over));
      double sum = 0;
      for (std::size_t i = raw.size() - count; i < raw.size(); ++i) sum += raw[i];
      judged = sum / static_cast<double>(count);
    }
    values.push_back({report.step, judged});
  }
  return values;
}

std::optional<double> value_of(std::span<const TrialReport> curve, const std::map<std::string, double>& final_metrics,
                               const ObjectiveSpec& objective) {
  if (const auto value = metric_in(final_metrics, objective.metric)) return value;
  if (objective.from == "last") {  // the usual case, without looking at the whole curve
    for (auto report = curve.rbegin(); report != curve.rend(); ++report) {
      if (const auto value = metric_in(report->metrics, objective.metric)) return value;
    }
    return std::nullopt;
  }
  const std::vector<RungValue> values = values_along(curve, objective);
  return values.empty() ? std::nullopt : std::optional<double>(values.back().value);
}

/// The objective as it stood when the trial reached a rung.
std::optional<double> value_at(const Trial& trial, const ReachedRung& rung, const ObjectiveSpec& objective) {
  return value_of(std::span(trial.curve).first(rung.reports), rung.final_metrics, objective);
}

}  // namespace

std::optional<double> objective_of(const Trial& trial, const ObjectiveSpec& objective) {
  return value_of(trial.curve, trial.final_metrics, objective);
}

std::optional<double> settled_value(const Trial& trial, const TrialLedger& ledger, const ObjectiveSpec& objective) {
  switch (trial.state) {
    case TrialState::completed:
    case TrialState::rested:
    case TrialState::stopped:
      return objective_of(trial, objective);
    case TrialState::waiting:
    case TrialState::running:
      return ledger.reached.empty() ? std::nullopt : value_at(trial, ledger.reached.back(), objective);
    case TrialState::failed:
      break;
  }
  return std::nullopt;
}

std::optional<std::int64_t> best_trial(const StudyState& state, const ExperimentSpec& spec) {
  if (spec.objectives.empty()) return std::nullopt;
  const ObjectiveSpec& objective = spec.objectives.front();
  std::optional<std::int64_t> best;
  double best_value = 0;
  bool best_completed = false;
  for (std::size_t i = 0; i < state.trials.size(); ++i) {
    const Trial& trial = state.trials[i];
    const bool completed = trial.state == TrialState::completed;
    if (best_completed && !completed) continue;
    const std::optional<double> value = settled_value(trial, state.ledgers[i], objective);
    if (!value) continue;
    const bool outranks = completed && !best_completed;
    if (best && !outranks && !is_better(*value, best_value, objective.goal)) continue;
    best = trial.id;
    best_value = *value;
    best_completed = completed;
  }
  return best;
}

void update_view(HistoryTrial& view, const Trial& trial, const TrialLedger& ledger, const ObjectiveSpec& objective) {
  view.state = trial.state;
  view.failure = trial.state == TrialState::failed ? trial.failure : FailureClass::none;
  view.budget = trial.budget;
  view.value.reset();
  view.curve.clear();
  view.rungs.clear();
  if (trial.state == TrialState::failed) return;

  const double sign = objective.goal == Goal::maximize ? -1.0 : 1.0;
  view.curve = values_along(trial.curve, objective);
  for (RungValue& point : view.curve) point.value *= sign;
  for (const ReachedRung& rung : ledger.reached) {
    if (const auto value = value_at(trial, rung, objective)) {
      view.rungs.push_back({rung.budget, sign * *value});
    }
  }
  if (const auto value = objective_of(trial, objective)) {
    view.value = sign * *value;
  } else if (!view.rungs.empty()) {
    view.value = view.rungs.back().value;
  }
}

}  // namespace hone
