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

/// A trial with what it is judged by, in the user's directions.
Json result_json(const Study& study, std::int64_t id) {
  const Trial& trial = study.state().trials[static_cast<std::size_t>(id)];
  const RungValue score = settled_score(study.history().trials[static_cast<std::size_t>(id)]).value();
  Json json = {{"trial", id},
               {"params", to_json_object(trial.params)},
               {"value", study.goals().turned(0, score.value)},
               {"state", name_of(trial.state)}};
  for (std::size_t i = 0; i < study.spec().objectives.size() && !score.others.empty(); ++i) {
    json["values"].push_back(study.goals().turned(i, objective_in(score, i)));
  }
  if (!score.violations.empty()) json["feasible"] = is_feasible(score);
  json["budget"] = trial.budget > 0 ? number(trial.budget) : Json(nullptr);
  json["metrics"] = newest_metrics(trial);
  return json;
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
  if (launch.parent) json["parent"] = *launch.parent;
  return json;
}

Json best_json(const Study& study) {
  const std::optional<std::int64_t> best = best_trial(study.history());
  Json answer = {{"best", best ? result_json(study, *best) : Json(nullptr)}};
  if (study.spec().objectives.size() == 1 || !study.goals().tolerances().empty()) return answer;
  answer["front"] = Json::array();
  for (const std::int64_t trial : pareto_front(study.history())) answer["front"].push_back(result_json(study, trial));
  return answer;
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
