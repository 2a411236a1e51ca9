#include "cli/report/compression_results.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/format.h"
#include "core/error.h"
#include "core/metrics.h"
#include "core/text.h"

namespace hone {

namespace {

using nlohmann::json;

/// Reads a member into `target` when it is there.
template <class T>
void read(const json& object, const char* key, T& target) {
  if (const auto found = object.find(key); found != object.end() && !found->is_null()) found->get_to(target);
}

CompressionStage stage_from_json(const json& object) {
  CompressionStage stage;
  read(object, "stage", stage.stage);
  read(object, "metric", stage.metric);
  read(object, "bytes", stage.bytes);
  read(object, "params", stage.params);
  read(object, "macs", stage.macs);
  read(object, "seconds", stage.seconds);
  read(object, "kept", stage.kept);
  read(object, "note", stage.note);
  return stage;
}

CompressedLayer layer_from_json(const json& object) {
  CompressedLayer layer;
  read(object, "layer", layer.layer);
  read(object, "op", layer.op);
  read(object, "width_before", layer.width_before);
  read(object, "width_after", layer.width_after);
  read(object, "format", layer.format);
  read(object, "kernel", layer.kernel);
  return layer;
}

LimitVerdict limit_from_json(const json& object) {
  LimitVerdict limit;
  read(object, "limit", limit.limit);
  read(object, "unit", limit.unit);
  read(object, "required", limit.required);
  read(object, "reached", limit.reached);
  read(object, "met", limit.met);
  read(object, "n", limit.n);
  read(object, "low", limit.low);
  read(object, "high", limit.high);
  return limit;
}

SpeedFigure speed_from_json(const json& object) {
  SpeedFigure figure;
  read(object, "batch", figure.batch);
  read(object, "source_p50_ms", figure.source_p50_ms);
  read(object, "result_p50_ms", figure.result_p50_ms);
  read(object, "speedup", figure.speedup);
  read(object, "speedup_low", figure.speedup_low);
  read(object, "speedup_high", figure.speedup_high);
  return figure;
}

template <class T>
void read_list(const json& object, const char* key, std::vector<T>& target, T (*one)(const json&)) {
  if (!object.contains(key)) return;
  for (const json& item : object.at(key)) target.push_back(one(item));
}

}  // namespace

CompressionResults compression_results_from_json(const std::string& text) {
  CompressionResults results;
  try {
    const json object = json::parse(text);
    read(object, "metric", results.metric);
    read_list(object, "stages", results.stages, stage_from_json);
    read_list(object, "layers", results.layers, layer_from_json);
    read_list(object, "limits", results.limits, limit_from_json);
    read_list(object, "latency", results.latency, speed_from_json);
    read(object, "source_bytes", results.source_bytes);
    read(object, "result_bytes", results.result_bytes);
    read(object, "source_validation", results.source_validation);
    read(object, "result_validation", results.result_validation);
    read(object, "validation_rows", results.validation_rows);
    read(object, "source_test", results.source_test);
    read(object, "result_test", results.result_test);
    read(object, "test_rows", results.test_rows);
    read(object, "agreement", results.agreement);
    read(object, "engine", results.engine);
    read(object, "cpu", results.cpu);
    read(object, "met", results.met);
    read(object, "trial", results.trial);
  } catch (const json::exception& error) {
    throw Error("protocol::bad-report", fmt::format("the compression report cannot be read: {}", error.what()));
  }
  return results;
}

std::string format_metric(const std::string& metric, double value) {
  const MetricInfo* info = find_metric(metric);
  const bool share = info != nullptr && info->name.ends_with("accuracy");
  return share ? format_percent(value, 2) : format_short(value, 5);
}

std::string format_limit_figure(const LimitVerdict& limit, double value) {
  const std::string number = format_short(value, 3);
  return limit.unit.empty() ? number : number + " " + limit.unit;
}

}  // namespace hone
