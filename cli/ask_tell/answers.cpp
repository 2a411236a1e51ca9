#include "cli/ask_tell/answers.h"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

namespace hone {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kExactIntegers = 0x1p53;

/// A whole number without its point, as people write budgets.
Json number(double value) {
  const bool whole = std::floor(value) == value && std::abs(value) < kExactIntegers;
  return whole ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

const char* type_word(ParameterType type) {
  switch (type) {
    case ParameterType::float_:
      return "float";
    case ParameterType::int_:
      return "int";
    case ParameterType::bool_:
      return "bool";
    case ParameterType::categorical:
      return "categorical";
    case ParameterType::ordinal:
      break;
  }
  return "ordinal";
}

Json parameter_json(const ParameterSpec& spec) {
  Json json = {{"type", type_word(spec.type)}};
  if (spec.low) json["low"] = number(*spec.low);
  if (spec.high) json["high"] = number(*spec.high);
  if (spec.log == LogScale::natural) json["log"] = true;
  if (spec.log == LogScale::reverse) json["log"] = "reverse";
  if (spec.step) json["step"] = number(*spec.step);
  for (const ParamValue& choice : spec.choices) json["choices"].push_back(Json(to_json_value(choice)));
  if (spec.default_value) json["default"] = to_json_value(*spec.default_value);
  if (!spec.when.empty()) json["when"] = spec.when;
  return json;
}

/// Newest value of every metric, final ones first.
std::map<std::string, double> newest_metrics(const Trial& trial) {
  std::map<std::string, double> metrics = trial.final_metrics;
  for (auto report = trial.curve.rbegin(); report != trial.curve.rend(); ++report) {
    metrics.insert(report->metrics.begin(), report->metrics.end());
  }
  return metrics;
}

}  // namespace

Json space_json(const SearchSpace& space) {
  Json json = Json::object();
  for (const SpaceParameter& parameter : space.parameters()) {
    json[parameter.spec.name] = parameter_json(parameter.spec);
  }
  return json;
}

Json launch_json(const Launch& launch) {
  Json json = {{"trial", launch.trial},
               {"attempt", launch.attempt},
               {"params", to_json_object(launch.params)},
               {"seed", std::to_string(launch.seed)}};
  json["budget"] = launch.budget > 0 ? number(launch.budget) : Json(nullptr);
  return json;
}

Json best_json(const Study& study) {
  const std::optional<std::int64_t> best = best_trial(study.state(), study.spec());
  if (!best) return nullptr;
  const Trial& trial = study.state().trials[static_cast<std::size_t>(*best)];
  Json json = {{"trial", trial.id},
               {"params", to_json_object(trial.params)},
               {"value", objective_of(trial, study.spec().objectives.front()).value()},
               {"state", name_of(trial.state)}};
  json["budget"] = trial.budget > 0 ? number(trial.budget) : Json(nullptr);
  json["metrics"] = newest_metrics(trial);
  return json;
}

Json status_json(const Study& study) {
  const StudyState& state = study.state();
  std::map<std::string_view, int> states;
  std::map<std::string_view, int> failures;
  for (const Trial& trial : state.trials) {
    ++states[name_of(trial.state)];
    if (trial.state == TrialState::failed) ++failures[name_of(trial.failure)];
  }
  Json json = {{"trials", state.trials.size()}, {"states", Json::object()}};
  for (const auto& [name, count] : states) json["states"][std::string(name)] = count;
  if (!failures.empty()) {
    for (const auto& [name, count] : failures) json["failures"][std::string(name)] = count;
  }
  if (state.units > 0) json[study.spec().fidelity.unit] = number(state.units);
  if (state.closed) json["done"] = state.closed_reason;
  return json;
}

}  // namespace hone
