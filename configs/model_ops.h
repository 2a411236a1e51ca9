#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "configs/model_spec.h"

namespace hone {

/// Shape of one row's values at an edge of the graph.
using RowShape = std::vector<std::int64_t>;

/// A member of LayerSpec as model.toml and JSON spell it. Attributes with their default are not written.
struct LayerAttribute {
  std::string_view name;
  std::variant<std::int64_t LayerSpec::*, bool LayerSpec::*, double LayerSpec::*> member;
  /// Least value accepted of a number.
  double low;
  /// Greatest value accepted of a number; a rate must lie below it.
  double high;
};

/// One row of kOps: all that is known of an op without tensors. trainers/ops holds the tensor side.
struct OpInfo {
  std::string_view name;
  /// Fewest and most inputs.
  std::size_t min_inputs;
  std::size_t max_inputs;
  /// Names of the attributes the op reads.
  std::span<const std::string_view> attributes;
  /// Output shape of one row; throws Error("model::bad-shape") with a sentence that begins with the layer's name.
  RowShape (*shape)(const LayerSpec& layer, std::span<const RowShape> inputs);
  /// Parameters and buffers in the order weight, bias, running_mean, running_var.
  std::vector<TensorShape> (*tensors)(const LayerSpec& layer, const RowShape& input);
  /// Multiply-adds of one row.
  std::int64_t (*macs)(const LayerSpec& layer, const RowShape& input, const RowShape& output);
};

std::span<const OpInfo> ops();
/// Null when there is none.
const OpInfo* find_op(std::string_view name);
std::span<const LayerAttribute> layer_attributes();
/// Whether the op reads the attribute.
bool reads(const OpInfo& op, std::string_view attribute);

/// Product of the sizes; throws Error("model::bad-shape") beyond 2⁴⁰, which no model of ours reaches.
std::int64_t count_of_shape(const RowShape& shape);
/// "[1, 8, 8]".
std::string shape_text(const RowShape& shape);

}  // namespace hone
