#include <nlohmann/json.hpp>

#include "configs/model_ops.h"
#include "configs/model_reading.h"

namespace hone {
namespace {

using nlohmann::json;

std::string text_of(const json& layer, const char* key) {
  const auto found = layer.find(key);
  if (found == layer.end() || !found->is_string()) {
    throw Error("model::bad-value", std::string("a layer needs a text `") + key + "`");
  }
  return found->get<std::string>();
}

std::vector<std::string> inputs_of(const json& layer) {
  const auto found = layer.find("in");
  if (found == layer.end() || !found->is_array()) throw Error("model::bad-value", "a layer needs a list of texts `in`");
  std::vector<std::string> inputs;
  for (const json& name : *found) {
    if (!name.is_string()) throw Error("model::bad-value", "a layer's `in` must be a list of texts");
    inputs.push_back(name.get<std::string>());
  }
  return inputs;
}

/// Sets the member from the value when the types agree.
struct ReadMember {
  LayerSpec& layer;
  const json& value;
  bool operator()(std::int64_t LayerSpec::*member) const {
    if (value.is_number_integer()) layer.*member = value.get<std::int64_t>();
    return value.is_number_integer();
  }
  bool operator()(bool LayerSpec::*member) const {
    if (value.is_boolean()) layer.*member = value.get<bool>();
    return value.is_boolean();
  }
  bool operator()(double LayerSpec::*member) const {
    if (value.is_number()) layer.*member = value.get<double>();
    return value.is_number();
  }
};

void read_attribute(LayerSpec& layer, const std::string& key, const json& value) {
  const std::string prefix = "layer `" + layer.name + "`: ";
  const OpInfo* op = find_op(layer.op);
  for (const LayerAttribute& attribute : layer_attributes()) {
    // An unknown op is reported by the check of the whole model.
    if (attribute.name != key || (op != nullptr && !reads(*op, key))) continue;
    if (!std::visit(ReadMember{layer, value}, attribute.member)) {
      throw Error("model::bad-value", prefix + key + " has the wrong type (is " + value.dump() + ")");
    }
    return;
  }
  throw Error("model::unknown-key", prefix + layer.op + " does not read `" + key + "`");
}

LayerSpec read_layer(const json& object) {
  if (!object.is_object()) throw Error("model::bad-value", "a layer must be a table");
  LayerSpec layer;
  layer.name = text_of(object, "name");
  layer.op = text_of(object, "op");
  layer.in = inputs_of(object);
  for (const auto& [key, value] : object.items()) {
    if (key == "name" || key == "op" || key == "in") continue;
    if (key == "format") {
      layer.format = text_of(object, "format");
    } else {
      read_attribute(layer, key, value);
    }
  }
  return layer;
}

}  // namespace

ModelSpec read_model(const json& object, std::string_view list) {
  const std::string list_name(list);
  if (!object.is_object() || !object.contains("input") || !object["input"].is_array()) {
    throw Error("model::bad-value", "a model needs a list of sizes `input`");
  }
  ModelSpec spec;
  for (const json& size : object["input"]) {
    if (!size.is_number_integer()) throw Error("model::bad-value", "`input` must be a list of integers");
    spec.input.push_back(size.get<std::int64_t>());
  }
  if (!object.contains(list_name) || !object[list_name].is_array()) {
    throw Error("model::no-layers", "a model needs a list `" + list_name + "`");
  }
  for (const json& layer : object[list_name]) {
    at_layer(spec.layers.size(), [&] { spec.layers.push_back(read_layer(layer)); });
  }
  infer_shapes(spec);
  return spec;
}

json to_json_object(const ModelSpec& spec) {
  json layers = json::array();
  const LayerSpec defaults;
  for (const LayerSpec& layer : spec.layers) {
    json object = {{"name", layer.name}, {"op", layer.op}, {"in", layer.in}};
    const OpInfo* op = find_op(layer.op);
    for (const LayerAttribute& attribute : layer_attributes()) {
      if (op == nullptr || !reads(*op, attribute.name)) continue;
      std::visit(
          [&](auto member) {
            if (layer.*member != defaults.*member) object[std::string(attribute.name)] = layer.*member;
          },
          attribute.member);
    }
    if (layer.format != defaults.format) object["format"] = layer.format;
    layers.push_back(std::move(object));
  }
  return {{"input", spec.input}, {"layers", std::move(layers)}};
}

ModelSpec model_from_json(const json& object) { return read_model(object, "layers"); }

}  // namespace hone
