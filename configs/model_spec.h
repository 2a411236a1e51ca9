#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace hone {

/// One layer of an architecture. Only the members its op reads are written (configs/model_spec.cpp, kOps).
struct LayerSpec {
  std::string name;
  /// linear conv2d batchnorm relu gelu silu tanh maxpool avgpool global_avgpool flatten dropout add slice
  /// concat embedding.
  std::string op;
  /// Producers; "input" is the model's input.
  std::vector<std::string> in;
  /// Width: outputs of linear, channels of conv2d, features of slice, dimensions of embedding.
  std::int64_t out = 0;
  std::int64_t kernel = 0;
  std::int64_t stride = 1;
  std::int64_t pad = 0;
  std::int64_t groups = 1;
  bool bias = true;
  /// First feature that slice takes; the feature that holds embedding's code.
  std::int64_t first = 0;
  /// Rows of an embedding: codes 0 … slots − 1.
  std::int64_t slots = 0;
  /// Dropout probability.
  double rate = 0;
  /// Number format of the layer's arithmetic: `fp32` or `int8`.
  std::string format = "fp32";

  bool operator==(const LayerSpec&) const = default;
};

/// An architecture as data: families write it, one builder makes the module, compress edits widths. Layers stand in
/// topological order; the last one gives the output. Loss and softmax are not part of it.
struct ModelSpec {
  /// Shape of one row: [features] or [channels, height, width].
  std::vector<std::int64_t> input;
  std::vector<LayerSpec> layers;

  bool operator==(const ModelSpec&) const = default;
};

/// A parameter or buffer of a layer with the shape the spec gives it.
struct TensorShape {
  /// "layer/weight", "layer/bias", "layer/running_mean", "layer/running_var".
  std::string name;
  std::vector<std::int64_t> shape;
  /// A learnt parameter; false for BatchNorm's running statistics.
  bool learnt = true;
};

/// Output shape of every layer for one row, in layer order. Throws Error("model::…") for unknown ops, unknown or later
/// inputs, shapes that do not fit, duplicate names.
std::vector<std::vector<std::int64_t>> infer_shapes(const ModelSpec& spec);
/// All tensors in layer order. linear weight [out, in]; conv2d weight [out, in/groups, kernel, kernel];
/// embedding weight [slots, out].
std::vector<TensorShape> tensor_shapes(const ModelSpec& spec);
/// Learnt numbers.
std::int64_t params(const ModelSpec& spec);
/// Multiply-adds of one row (linear and conv2d).
std::int64_t macs(const ModelSpec& spec);
/// Index of a layer by name; −1 when there is none.
std::int64_t find_layer(const ModelSpec& spec, std::string_view name);

nlohmann::json to_json_object(const ModelSpec& spec);
/// Throws Error("model::…").
ModelSpec model_from_json(const nlohmann::json& object);

/// model.toml's `input` and [[layer]] part (compress.md §2), members with their default left out. Reads back equal.
std::string to_toml(const ModelSpec& spec);
/// Reads a whole model.toml text, other tables ignored. Throws Error("model::…") with places.
ModelSpec model_from_toml(std::string_view text, const std::string& file_name);

}  // namespace hone
