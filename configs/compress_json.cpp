#include <nlohmann/json.hpp>

#include "configs/spec_json.h"
#include "core/error.h"

namespace hone {

nlohmann::json to_json_object(const CompressSpec& spec) {
  nlohmann::json object = {
      {"source", spec.source},
      {"limits", spec.limits},
      {"minimize", spec.minimize},
      {"budget", {{"finetune_epochs", spec.budget.finetune_epochs}}},
      {"calibrate", spec.calibrate},
      {"prune",
       {{"method", spec.prune.method}, {"importance", spec.prune.importance}, {"min_keep", spec.prune.min_keep}}},
      {"quantize", {{"formats", spec.quantize.formats}, {"calibrators", spec.quantize.calibrators}}},
      {"distill", {{"temperature", spec.distill.temperature}, {"alpha", spec.distill.alpha}}}};
  if (spec.budget.wall) object["budget"]["wall"] = *spec.budget.wall;
  return object;
}

CompressSpec compress_spec_from_json(const nlohmann::json& object) {
  CompressSpec spec;
  spec.wanted = true;
  try {
    const auto table = [&](const char* name) { return object.value(name, nlohmann::json::object()); };
    spec.source = object.value("source", spec.source);
    spec.limits = object.value("limits", spec.limits);
    spec.minimize = object.value("minimize", spec.minimize);
    spec.calibrate = object.value("calibrate", spec.calibrate);
    const nlohmann::json budget = table("budget");
    spec.budget.finetune_epochs = budget.value("finetune_epochs", spec.budget.finetune_epochs);
    if (budget.contains("wall")) spec.budget.wall = budget.at("wall").get<double>();
    const nlohmann::json prune = table("prune");
    spec.prune.method = prune.value("method", spec.prune.method);
    spec.prune.importance = prune.value("importance", spec.prune.importance);
    spec.prune.min_keep = prune.value("min_keep", spec.prune.min_keep);
    const nlohmann::json quantize = table("quantize");
    spec.quantize.formats = quantize.value("formats", spec.quantize.formats);
    spec.quantize.calibrators = quantize.value("calibrators", spec.quantize.calibrators);
    const nlohmann::json distill = table("distill");
    spec.distill.temperature = distill.value("temperature", spec.distill.temperature);
    spec.distill.alpha = distill.value("alpha", spec.distill.alpha);
  } catch (const nlohmann::json::exception& error) {
    throw Error("protocol::bad-brief", std::string("the brief's compress options cannot be read: ") + error.what());
  }
  return spec;
}

}  // namespace hone
