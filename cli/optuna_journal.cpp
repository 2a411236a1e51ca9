#include "cli/optuna_journal.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/format.h"
#include "search/objective.h"
#include "search/trial/space_parameter.h"

namespace hone {

namespace {

using nlohmann::json;

// Optuna's numbers: storages/journal/_storage.py (JournalOperation), study/_study_direction.py, trial/_state.py.
constexpr int kCreateStudy = 0;
constexpr int kCreateTrial = 4;
constexpr int kMinimize = 1;
constexpr int kMaximize = 2;
constexpr int kComplete = 1;
constexpr int kPruned = 2;
constexpr int kFailed = 3;

json operation(int code) { return {{"op_code", code}, {"worker_id", "hone"}}; }

/// Python before 3.11 reads no `Z`.
std::string python_time(std::int64_t time_us) {
  std::string text = format_time_utc(time_us);
  text.pop_back();
  return text + "+00:00";
}

/// A distribution as the JSON string that a journal holds. Log steps and the reverse log scale, which Optuna has not,
/// become linear ones.
std::string distribution_text(const ParameterSpec& spec) {
  json attributes;
  const char* name = "CategoricalDistribution";
  if (spec.type == ParameterType::float_) {
    name = "FloatDistribution";
    const bool log = spec.log == LogScale::natural && !spec.step;
    attributes = {{"low", *spec.low}, {"high", *spec.high}, {"log", log}, {"step", nullptr}};
    if (spec.step) attributes["step"] = *spec.step;
  } else if (spec.type == ParameterType::int_) {
    name = "IntDistribution";
    const auto step = std::llround(spec.step.value_or(1));
    attributes = {{"low", std::llround(*spec.low)},
                  {"high", std::llround(*spec.high)},
                  {"log", spec.log == LogScale::natural && step == 1},
                  {"step", step}};
  } else if (spec.type == ParameterType::bool_) {
    attributes["choices"] = {false, true};
  } else {
    for (const ParamValue& choice : spec.choices) attributes["choices"].push_back(to_json_value(choice));
  }
  return json{{"name", name}, {"attributes", attributes}}.dump();
}

int state_of(const Trial& trial) {
  if (trial.state == TrialState::completed) return kComplete;
  return trial.state == TrialState::failed ? kFailed : kPruned;
}

bool has_ended(const Trial& trial) {
  return trial.state != TrialState::running && trial.state != TrialState::waiting && is_of_the_search(trial.origin);
}

/// Parameters of the space: categorical ones by their index. Values that a changed space does not hold are left out.
void add_params(json& line, const Trial& trial, const std::vector<SpaceParameter>& parameters) {
  line["params"] = json::object();
  line["distributions"] = json::object();
  for (const SpaceParameter& parameter : parameters) {
    const std::string& name = parameter.spec.name;
    const auto found = trial.params.find(name);
    if (found == trial.params.end() || parameter.complaint_about(found->second)) continue;
    const bool is_number = parameter.spec.type == ParameterType::float_ || parameter.spec.type == ParameterType::int_;
    line["params"][name] = is_number ? to_json_value(found->second) : json(parameter.level_of(found->second));
    line["distributions"][name] = distribution_text(parameter.spec);
  }
}

void add_results(json& line, const Trial& trial, const TrialLedger& ledger, const Goals& goals) {
  line["intermediate_values"] = json::object();
  for (const TrialReport& report : trial.curve) {
    const auto found = report.metrics.find(goals.objectives().front().metric);
    const bool is_step = report.step == std::floor(report.step);
    if (found == report.metrics.end() || !is_step) continue;
    line["intermediate_values"][std::to_string(std::llround(report.step))] = found->second;
  }
  const auto score = settled_score(trial, ledger, goals);
  if (!score) return;
  if (!score->violations.empty()) line["system_attrs"]["constraints"] = score->violations;
  if (goals.objectives().size() == 1) {
    line["value"] = goals.turned(0, score->value);
    return;
  }
  const ObjectiveVector objectives = objectives_of(*score);
  for (std::size_t k = 0; k < objectives.size(); ++k) line["values"].push_back(goals.turned(k, objectives[k]));
}

}  // namespace

std::string optuna_journal(const StudyView& study) {
  const Goals goals(study.spec);
  std::vector<SpaceParameter> parameters;
  for (const ParameterSpec& spec : study.spec.space) parameters.push_back(SpaceParameter::make(spec));
  json first = operation(kCreateStudy);
  first["study_name"] = study.spec.study.name;
  for (const ObjectiveSpec& objective : goals.objectives()) {
    first["directions"].push_back(objective.goal == Goal::minimize ? kMinimize : kMaximize);
  }
  std::string text = first.dump() + "\n";
  for (const Trial& trial : study.state.trials) {
    if (!has_ended(trial)) continue;
    json line = operation(kCreateTrial);
    line["study_id"] = 0;
    line["state"] = state_of(trial);
    line["datetime_start"] = python_time(trial.asked_time_us);
    line["datetime_complete"] = python_time(trial.changed_time_us);
    line["user_attrs"] = {{"hone_trial", trial.id}, {"seed", std::to_string(trial.seed)}};
    if (trial.state == TrialState::failed) line["user_attrs"]["failure"] = name_of(trial.failure);
    line["system_attrs"] = json::object();
    add_params(line, trial, parameters);
    add_results(line, trial, study.state.ledgers[static_cast<std::size_t>(trial.id)], goals);
    text += line.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  }
  return text;
}

}  // namespace hone
