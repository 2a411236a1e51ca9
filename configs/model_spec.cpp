#include "configs/model_spec.h"

#include <map>

#include "configs/model_ops.h"
#include "configs/model_reading.h"
#include "core/error.h"
#include "core/param_value.h"

namespace hone {
namespace {

constexpr std::size_t kMaxLayers = 10'000;

/// Layer names are paths in HDF5 files and names in exported graphs.
bool is_layer_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name == "input") return false;
  for (char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!plain && c != '-') return false;
  }
  return true;
}

void require_input(const ModelSpec& spec) {
  bool fits = spec.input.size() == 1 || spec.input.size() == 3;
  for (std::int64_t size : spec.input) fits = fits && size >= 1 && size <= (1 << 20);
  if (!fits) {
    throw Error("model::bad-shape", "input must be [features] or [channels, height, width], each at least 1 (is " +
                                        shape_text(spec.input) + ")");
  }
  count_of_shape(spec.input);
}

std::string whole_text(double value) { return std::to_string(static_cast<std::int64_t>(value)); }

void require_attributes(const LayerSpec& layer, const OpInfo& op) {
  const std::string prefix = "layer `" + layer.name + "`: ";
  for (const LayerAttribute& attribute : layer_attributes()) {
    if (!reads(op, attribute.name)) continue;
    const std::string name(attribute.name);
    if (const auto* rate = std::get_if<double LayerSpec::*>(&attribute.member)) {
      const double value = layer.**rate;
      if (!(value >= attribute.low && value < attribute.high)) {
        throw Error("model::bad-value", prefix + name + " must be at least 0 and below 1 (is " + to_text(value) + ")");
      }
    } else if (const auto* whole = std::get_if<std::int64_t LayerSpec::*>(&attribute.member)) {
      const std::int64_t value = layer.**whole;
      if (value < attribute.low || value > attribute.high) {
        throw Error("model::bad-value", prefix + name + " must be between " + whole_text(attribute.low) + " and " +
                                            whole_text(attribute.high) + " (is " + std::to_string(value) + ")");
      }
    }
  }
  if (layer.format != "fp32" && layer.format != "int8") {
    throw Error("model::bad-value", prefix + "format must be fp32 or int8 (is " + layer.format + ")");
  }
}

const OpInfo& require_op(const LayerSpec& layer) {
  const OpInfo* op = find_op(layer.op);
  if (op == nullptr) {
    throw Error("model::unknown-op", "layer `" + layer.name + "`: unknown op `" + layer.op + "`");
  }
  if (layer.in.size() < op->min_inputs || layer.in.size() > op->max_inputs) {
    const std::string wanted =
        op->max_inputs == 1 ? "one input" : "at least " + std::to_string(op->min_inputs) + " inputs";
    throw Error("model::bad-inputs", "layer `" + layer.name + "`: " + layer.op + " needs " + wanted + " (has " +
                                         std::to_string(layer.in.size()) + ")");
  }
  return *op;
}

/// Shapes by name of all edges made so far, "input" included.
using EdgeShapes = std::map<std::string, RowShape, std::less<>>;

std::vector<RowShape> input_shapes(const LayerSpec& layer, const EdgeShapes& edges) {
  std::vector<RowShape> shapes;
  for (const std::string& name : layer.in) {
    const auto edge = edges.find(name);
    if (edge == edges.end()) {
      throw Error("model::unknown-input",
                  "layer `" + layer.name + "`: its input `" + name + "` is neither `input` nor an earlier layer");
    }
    shapes.push_back(edge->second);
  }
  return shapes;
}

/// Visits the layers in order with op, shape of the first input and output shape; checks everything on the way.
template <class Visit>
void walk(const ModelSpec& spec, Visit visit) {
  require_input(spec);
  if (spec.layers.empty()) throw Error("model::no-layers", "a model needs at least one layer");
  if (spec.layers.size() > kMaxLayers) throw Error("model::too-many-layers", "a model has at most 10000 layers");
  EdgeShapes edges = {{"input", spec.input}};
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    at_layer(i, [&] {
      const LayerSpec& layer = spec.layers[i];
      if (!is_layer_name(layer.name)) {
        throw Error("model::bad-name",
                    "a layer's name is 1 to 64 letters, digits, `_` or `-`, and not `input` (is `" + layer.name + "`)");
      }
      if (edges.contains(layer.name)) throw Error("model::duplicate-name", "two layers are named `" + layer.name + "`");
      const OpInfo& op = require_op(layer);
      require_attributes(layer, op);
      const std::vector<RowShape> inputs = input_shapes(layer, edges);
      RowShape output = op.shape(layer, inputs);
      count_of_shape(output);
      visit(op, layer, inputs[0], output);
      edges.emplace(layer.name, std::move(output));
    });
  }
}

}  // namespace

std::vector<std::vector<std::int64_t>> infer_shapes(const ModelSpec& spec) {
  std::vector<RowShape> shapes;
  walk(spec,
       [&](const OpInfo&, const LayerSpec&, const RowShape&, const RowShape& output) { shapes.push_back(output); });
  return shapes;
}

std::vector<TensorShape> tensor_shapes(const ModelSpec& spec) {
  std::vector<TensorShape> all;
  walk(spec, [&](const OpInfo& op, const LayerSpec& layer, const RowShape& input, const RowShape&) {
    for (TensorShape& tensor : op.tensors(layer, input)) {
      count_of_shape(tensor.shape);
      all.push_back(std::move(tensor));
    }
  });
  return all;
}

std::int64_t params(const ModelSpec& spec) {
  std::int64_t count = 0;
  for (const TensorShape& tensor : tensor_shapes(spec)) {
    if (tensor.learnt) count += count_of_shape(tensor.shape);
  }
  return count;
}

std::int64_t macs(const ModelSpec& spec) {
  std::int64_t count = 0;
  walk(spec, [&](const OpInfo& op, const LayerSpec& layer, const RowShape& input, const RowShape& output) {
    count += op.macs(layer, input, output);
  });
  return count;
}

std::int64_t find_layer(const ModelSpec& spec, std::string_view name) {
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    if (spec.layers[i].name == name) return static_cast<std::int64_t>(i);
  }
  return -1;
}

}  // namespace hone
