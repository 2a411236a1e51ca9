#include <nlohmann/json.hpp>

#include "configs/model_ops.h"
#include "configs/model_reading.h"
#include "configs/toml_parser.h"
#include "core/param_value.h"
#include "core/text.h"

namespace hone {
namespace {

using nlohmann::json;

Place place_in(const std::string& file, const toml::source_region& source) {
  Place place;
  place.file = file;
  place.line = static_cast<int>(source.begin.line);
  place.column = static_cast<int>(source.begin.column);
  place.end_line = static_cast<int>(source.end.line);
  place.end_column = static_cast<int>(source.end.column);
  return place;
}

/// TOML values as JSON; dates, which no model holds, become texts.
json to_json(const toml::node& node) {
  if (const auto* table = node.as_table()) {
    json object = json::object();
    for (const auto& [key, value] : *table) object[std::string(key.str())] = to_json(value);
    return object;
  }
  if (const auto* list = node.as_array()) {
    json array = json::array();
    for (const toml::node& value : *list) array.push_back(to_json(value));
    return array;
  }
  if (const auto integer = node.value_exact<std::int64_t>()) return *integer;
  if (const auto number = node.value_exact<double>()) return *number;
  if (const auto flag = node.value_exact<bool>()) return *flag;
  if (const auto text = node.value_exact<std::string>()) return *text;
  return "date";
}

[[noreturn]] void rethrow_at(const Error& error, const Place& place) {
  std::vector<Diagnostic> diagnostics = error.diagnostics();
  for (Diagnostic& diagnostic : diagnostics) diagnostic.place = place;
  throw Error(std::move(diagnostics));
}

/// Names and words of a model hold nothing that TOML would escape.
std::string quoted(const std::string& text) { return '"' + text + '"'; }

/// A double that TOML reads as a float.
std::string float_text(double value) {
  const std::string text = to_text(value);
  return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

struct AttributeText {
  const LayerSpec& layer;
  std::string operator()(std::int64_t LayerSpec::*member) const { return std::to_string(layer.*member); }
  std::string operator()(bool LayerSpec::*member) const { return layer.*member ? "true" : "false"; }
  std::string operator()(double LayerSpec::*member) const { return float_text(layer.*member); }
};

std::string layer_text(const LayerSpec& layer) {
  std::vector<std::string> inputs;
  for (const std::string& name : layer.in) inputs.push_back(quoted(name));
  std::string text = "\n[[layer]]\nname = " + quoted(layer.name) + "\nop = " + quoted(layer.op) + "\nin = [" +
                     join(inputs, ", ") + "]\n";
  const LayerSpec defaults;
  const OpInfo* op = find_op(layer.op);
  for (const LayerAttribute& attribute : layer_attributes()) {
    if (op == nullptr || !reads(*op, attribute.name)) continue;
    const bool is_default =
        std::visit([&](auto member) { return layer.*member == defaults.*member; }, attribute.member);
    if (is_default) continue;
    text += std::string(attribute.name) + " = " + std::visit(AttributeText{layer}, attribute.member) + "\n";
  }
  if (layer.format != defaults.format) text += "format = " + quoted(layer.format) + "\n";
  return text;
}

}  // namespace

std::string to_toml(const ModelSpec& spec) {
  std::string text = "input = " + shape_text(spec.input) + "\n";
  for (const LayerSpec& layer : spec.layers) text += layer_text(layer);
  return text;
}

ModelSpec model_from_toml(std::string_view text, const std::string& file_name) {
  toml::table root;
  try {
    root = toml::parse(text, file_name);
  } catch (const toml::parse_error& error) {
    throw Error("model::bad-toml", std::string(error.description()), place_in(file_name, error.source()));
  }
  json object = json::object();
  for (const char* key : {"input", "layer"}) {
    if (const toml::node* node = root.get(key)) object[key] = to_json(*node);
  }
  try {
    return read_model(object, "layer");
  } catch (const LayerError& error) {
    const toml::array* layers = root.get("layer")->as_array();
    rethrow_at(error, place_in(file_name, (*layers)[error.layer()].source()));
  } catch (const Error& error) {
    rethrow_at(error, place_in(file_name, root.get("input") ? root.get("input")->source() : root.source()));
  }
}

}  // namespace hone
