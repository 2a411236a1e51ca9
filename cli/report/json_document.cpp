#include "cli/report/json_document.h"

#include <nlohmann/json.hpp>

#include "cli/format.h"
#include "core/version.h"

namespace hone {

namespace {

using nlohmann::json;

template <class T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json(nullptr);
}

json text_or_null(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

json time_or_null(std::int64_t time_us) { return time_us > 0 ? json(format_time_utc(time_us)) : json(nullptr); }

json parameter_json(const ParameterColumn& parameter) {
  json object = {{"name", parameter.name}, {"type", parameter.type}};
  if (parameter.log) object["log"] = true;
  if (parameter.low) object["low"] = *parameter.low;
  if (parameter.high) object["high"] = *parameter.high;
  for (const ParamValue& choice : parameter.choices) object["choices"].push_back(to_json_value(choice));
  return object;
}

json improvement_json(const Improvement& improvement) {
  return {{"trial", improvement.trial.trial},
          {"value", improvement.trial.value},
          {"trials", improvement.trials},
          {"after_seconds", improvement.trial.seconds}};
}

/// Each new best with the trials that had ended and the wall seconds since the study was opened.
json best_so_far_json(const Results& results) {
  if (!results.best_so_far) return nullptr;
  const BestSoFar& so_far = *results.best_so_far;
  json object = {{"area", so_far.area}, {"improvements", json::array()}, {"target", or_null(results.target)}};
  for (const Improvement& one : so_far.improvements) object["improvements"].push_back(improvement_json(one));
  object["target_reached"] = so_far.reached_target ? improvement_json(*so_far.reached_target) : json(nullptr);
  return object;
}

/// How the best trial is found: by its score, as the knee of a front, by goals in turn.
const char* best_by(const Results& results) {
  if (!results.front) return "score";
  return results.front->is_answer() ? "knee" : results.front->in_turn ? "goals_in_turn" : "score";
}

/// What fresh seeds say of the best trial, an entry an objective; the first one's figures stand at the top too.
json confirmed_json(const Results& results) {
  if (!results.confirmed) return nullptr;
  json objectives = json::array();
  for (std::size_t k = 0; k < results.confirmation.objectives.size(); ++k) {
    const Confirmed& one = *results.confirmation.confirmed(k);
    objectives.push_back({{"metric", results.best_scores[k].metric},
                          {"value", one.shrunk},
                          {"low", one.shrunk_interval->low},
                          {"high", one.shrunk_interval->high},
                          {"repeats", one.repeats}});
  }
  json object = objectives.front();
  object["trial"] = *results.best;
  object["objectives"] = std::move(objectives);
  return object;
}

}  // namespace

nlohmann::json study_json(const Results& results) {
  json budget = {{"trials", or_null(results.budget_trials)},
                 {"wall_seconds", or_null(results.budget_wall_seconds)},
                 {"units", or_null(results.budget_units)}};
  return {{"name", results.name},
          {"folder", results.folder.string()},
          {"state", results.state},
          {"closed_reason", text_or_null(results.closed_reason)},
          {"seed", std::to_string(results.seed)},
          {"metric", results.metric},
          {"goal", results.maximize ? "maximize" : "minimize"},
          {"sampler", results.sampler},
          {"scheduler", results.scheduler},
          {"fidelity_unit", results.unit},
          {"trials", results.trials.size()},
          {"states", results.states},
          {"failures", results.failures},
          {"best", or_null(results.best)},
          {"best_by", best_by(results)},
          {"confirmed", results.confirmed},
          {"budget", budget},
          {"search_seconds", results.search_seconds},
          {"opened", time_or_null(results.opened_time_us)},
          {"changed", time_or_null(results.changed_time_us)}};
}

nlohmann::json trial_json(const TrialResult& trial, bool with_curve) {
  json object = {{"trial", trial.id},
                 {"state", trial.state},
                 {"failure", text_or_null(trial.failure)},
                 {"message", text_or_null(trial.message)},
                 {"origin", trial.origin},
                 {"code", text_or_null(trial.code)},
                 {"attempts", trial.attempts},
                 {"answered_from", or_null(trial.answered_from)},
                 {"reached", trial.reached},
                 {"budget", trial.budget},
                 {"value", or_null(trial.value)},
                 {"params", to_json_object(trial.params)},
                 {"metrics", trial.metrics},
                 {"trial_seconds", trial.seconds},
                 {"asked", time_or_null(trial.asked_time_us)},
                 {"changed", time_or_null(trial.changed_time_us)}};
  if (with_curve) {
    object["curve"] = json::array();
    for (const CurvePoint& point : trial.curve) object["curve"].push_back({point.step, point.value});
  }
  return object;
}

nlohmann::json test_json(const std::optional<TestResults>& test) {
  return test ? json({{"rows", test->rows}, {"metrics", test->metrics}}) : json(nullptr);
}

nlohmann::json compression_json(const CompressionResults& compression) {
  json object = {{"metric", compression.metric},
                 {"trial", compression.trial},
                 {"met", compression.met},
                 {"source_bytes", compression.source_bytes},
                 {"result_bytes", compression.result_bytes},
                 {"source_validation", compression.source_validation},
                 {"result_validation", compression.result_validation},
                 {"validation_rows", compression.validation_rows},
                 {"source_test", compression.source_test},
                 {"result_test", compression.result_test},
                 {"test_rows", compression.test_rows},
                 {"agreement", compression.agreement},
                 {"engine", compression.engine},
                 {"cpu", compression.cpu},
                 {"stages", json::array()},
                 {"layers", json::array()},
                 {"limits", json::array()},
                 {"latency", json::array()}};
  for (const CompressionStage& stage : compression.stages) {
    object["stages"].push_back({{"stage", stage.stage},
                                {"metric", stage.metric},
                                {"weights_bytes", stage.bytes},
                                {"params", stage.params},
                                {"macs", stage.macs},
                                {"stage_seconds", stage.seconds},
                                {"kept", stage.kept},
                                {"note", stage.note}});
  }
  for (const CompressedLayer& layer : compression.layers) {
    object["layers"].push_back({{"layer", layer.layer},
                                {"op", layer.op},
                                {"width_before", layer.width_before},
                                {"width_after", layer.width_after},
                                {"format", layer.format},
                                {"kernel", layer.kernel}});
  }
  for (const LimitVerdict& limit : compression.limits) {
    object["limits"].push_back({{"limit", limit.limit},
                                {"unit", limit.unit},
                                {"required", limit.required},
                                {"reached", limit.reached},
                                {"met", limit.met},
                                {"n", limit.n},
                                {"low", limit.low},
                                {"high", limit.high}});
  }
  for (const SpeedFigure& figure : compression.latency) {
    object["latency"].push_back({{"batch", figure.batch},
                                 {"source_p50_seconds", figure.source_p50_ms / 1000},
                                 {"result_p50_seconds", figure.result_p50_ms / 1000},
                                 {"speedup", figure.speedup},
                                 {"speedup_low", figure.speedup_low},
                                 {"speedup_high", figure.speedup_high}});
  }
  return object;
}

nlohmann::json json_document(const std::string& kind, const Results& results, const nlohmann::json& items) {
  json document = {{"hone", 1}, {"kind", kind}, {"study", study_json(results)}, {"items", items}};
  document["confirmed"] = confirmed_json(results);
  if (results.front) document["front"] = front_json(*results.front);
  return document;
}

nlohmann::json report_json(const Results& results) {
  json items = json::array();
  for (const TrialResult& trial : results.trials) items.push_back(trial_json(trial, true));
  json document = json_document("report", results, items);
  document["version"] = std::string(version());
  document["best_scores"] = json::array();
  for (const ObjectiveScore& score : results.best_scores) {
    document["best_scores"].push_back({{"metric", score.metric}, {"value", or_null(score.value)}});
  }
  document["best_so_far"] = best_so_far_json(results);
  document["parameters"] = json::array();
  for (const ParameterColumn& parameter : results.parameters) {
    document["parameters"].push_back(parameter_json(parameter));
  }
  document["importance"] = json::array();
  for (const ParameterImportance& entry : results.importance) {
    document["importance"].push_back({{"name", entry.name}, {"share", entry.share}});
  }
  document["rungs"] = json::array();
  for (const RungResult& rung : results.rungs) {
    document["rungs"].push_back({{"budget", rung.budget}, {"reached", rung.reached}, {"promoted", rung.promoted}});
  }
  if (results.facts) {
    document["data"] = {{"task", results.facts->task},
                        {"target", results.facts->target},
                        {"rows", results.facts->rows},
                        {"train_rows", results.facts->train_rows},
                        {"validation_rows", results.facts->validation_rows},
                        {"test_rows", results.facts->test_rows},
                        {"classes", results.facts->classes},
                        {"class_counts", results.facts->class_counts},
                        {"hash", results.facts->hash}};
  }
  if (!results.front) document["front"] = nullptr;
  document["compression"] = results.compression ? compression_json(*results.compression) : json(nullptr);
  document["best_model"] = text_or_null(results.best_model);
  document["compressed_model"] = text_or_null(results.compressed_model);
  document["test"] = test_json(results.test);
  return document;
}

}  // namespace hone
