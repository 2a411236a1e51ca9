#include "configs/model_ops.h"

#include <string>

#include "core/error.h"
#include "core/text.h"

namespace hone {
namespace {

constexpr double kMaxWidth = 1 << 20;
constexpr std::int64_t kMaxCount = std::int64_t{1} << 40;

constexpr LayerAttribute kAttributes[] = {
    {"out", &LayerSpec::out, 1, kMaxWidth},
    {"kernel", &LayerSpec::kernel, 1, 1024},
    {"stride", &LayerSpec::stride, 1, 1024},
    {"pad", &LayerSpec::pad, 0, 1024},
    {"groups", &LayerSpec::groups, 1, kMaxWidth},
    {"bias", &LayerSpec::bias, 0, 1},
    {"first", &LayerSpec::first, 0, kMaxWidth},
    {"slots", &LayerSpec::slots, 1, kMaxWidth},
    {"rate", &LayerSpec::rate, 0, 1},
};

[[noreturn]] void refuse(const LayerSpec& layer, const std::string& sentence) {
  throw Error("model::bad-shape", "layer `" + layer.name + "`: " + sentence);
}

void require_image(const LayerSpec& layer, const RowShape& input) {
  if (input.size() != 3) {
    refuse(layer, layer.op + " needs an input [channels, height, width] (is " + shape_text(input) + ")");
  }
}

/// Height and width after a sliding window.
RowShape window_shape(const LayerSpec& layer, const RowShape& input, std::int64_t channels) {
  require_image(layer, input);
  RowShape shape = {channels, 0, 0};
  for (std::size_t axis = 1; axis < 3; ++axis) {
    const std::int64_t room = input[axis] + 2 * layer.pad - layer.kernel;
    if (room < 0) {
      refuse(layer, "kernel " + std::to_string(layer.kernel) + " is larger than its input " + shape_text(input) +
                        " with pad " + std::to_string(layer.pad));
    }
    shape[axis] = room / layer.stride + 1;
  }
  return shape;
}

RowShape linear_shape(const LayerSpec& layer, std::span<const RowShape> inputs) {
  if (inputs[0].size() != 1) refuse(layer, "linear needs an input [features] (is " + shape_text(inputs[0]) + ")");
  return {layer.out};
}

RowShape conv_shape(const LayerSpec& layer, std::span<const RowShape> inputs) {
  require_image(layer, inputs[0]);
  if (inputs[0][0] % layer.groups != 0 || layer.out % layer.groups != 0) {
    refuse(layer, "groups must divide the channels " + std::to_string(inputs[0][0]) + " and " +
                      std::to_string(layer.out) + " (is " + std::to_string(layer.groups) + ")");
  }
  return window_shape(layer, inputs[0], layer.out);
}

RowShape pool_shape(const LayerSpec& layer, std::span<const RowShape> inputs) {
  if (2 * layer.pad > layer.kernel) {
    refuse(layer, "pad must be at most half the kernel " + std::to_string(layer.kernel) + " (is " +
                      std::to_string(layer.pad) + ")");
  }
  return window_shape(layer, inputs[0], inputs[0].empty() ? 0 : inputs[0][0]);
}

RowShape same_shape(const LayerSpec&, std::span<const RowShape> inputs) { return inputs[0]; }

RowShape flatten_shape(const LayerSpec&, std::span<const RowShape> inputs) { return {count_of_shape(inputs[0])}; }

RowShape global_pool_shape(const LayerSpec& layer, std::span<const RowShape> inputs) {
  require_image(layer, inputs[0]);
  return {inputs[0][0]};
}

RowShape add_shape(const LayerSpec& layer, std::span<const RowShape> inputs) {
  for (const RowShape& input : inputs) {
    if (input != inputs[0]) {
      refuse(layer, "add needs equal shapes (are " + shape_text(inputs[0]) + " and " + shape_text(input) + ")");
    }
  }
  return inputs[0];
}

void require_features(const LayerSpec& layer, const RowShape& input) {
  if (input.size() != 1) refuse(layer, layer.op + " needs an input [features] (is " + shape_text(input) + ")");
}

RowShape slice_shape(const LayerSpec& layer, std::span<const RowShape> inputs) {
  require_features(layer, inputs[0]);
  if (layer.first + layer.out > inputs[0][0]) {
    refuse(layer, "takes features up to " + std::to_string(layer.first + layer.out) + " of " + shape_text(inputs[0]));
  }
  return {layer.out};
}

RowShape embedding_shape(const LayerSpec& layer, std::span<const RowShape> inputs) {
  require_features(layer, inputs[0]);
  if (layer.first >= inputs[0][0]) {
    refuse(layer, "reads feature " + std::to_string(layer.first) + " of " + shape_text(inputs[0]));
  }
  return {layer.out};
}

RowShape concat_shape(const LayerSpec& layer, std::span<const RowShape> inputs) {
  RowShape shape = {0};
  for (const RowShape& input : inputs) {
    require_features(layer, input);
    shape[0] += input[0];
  }
  return shape;
}

std::vector<TensorShape> embedding_tensors(const LayerSpec& layer, const RowShape&) {
  return {{layer.name + "/weight", {layer.slots, layer.out}, true}};
}

std::vector<TensorShape> no_tensors(const LayerSpec&, const RowShape&) { return {}; }

std::vector<TensorShape> weight_and_bias(const LayerSpec& layer, RowShape weight) {
  std::vector<TensorShape> tensors = {{layer.name + "/weight", std::move(weight), true}};
  if (layer.bias) tensors.push_back({layer.name + "/bias", {layer.out}, true});
  return tensors;
}

std::vector<TensorShape> linear_tensors(const LayerSpec& layer, const RowShape& input) {
  return weight_and_bias(layer, {layer.out, input[0]});
}

std::vector<TensorShape> conv_tensors(const LayerSpec& layer, const RowShape& input) {
  return weight_and_bias(layer, {layer.out, input[0] / layer.groups, layer.kernel, layer.kernel});
}

std::vector<TensorShape> norm_tensors(const LayerSpec& layer, const RowShape& input) {
  return {{layer.name + "/weight", {input[0]}, true},
          {layer.name + "/bias", {input[0]}, true},
          {layer.name + "/running_mean", {input[0]}, false},
          {layer.name + "/running_var", {input[0]}, false}};
}

std::int64_t no_macs(const LayerSpec&, const RowShape&, const RowShape&) { return 0; }

std::int64_t linear_macs(const LayerSpec& layer, const RowShape& input, const RowShape&) {
  return count_of_shape({input[0], layer.out});
}

std::int64_t conv_macs(const LayerSpec& layer, const RowShape& input, const RowShape& output) {
  return count_of_shape({count_of_shape(output), input[0] / layer.groups, layer.kernel, layer.kernel});
}

constexpr std::string_view kLinearReads[] = {"out", "bias"};
constexpr std::string_view kConvReads[] = {"out", "kernel", "stride", "pad", "groups", "bias"};
constexpr std::string_view kMaxPoolReads[] = {"kernel", "stride", "pad"};
/// No pad: whether padding counts in the mean is a question no engine agrees on.
constexpr std::string_view kAvgPoolReads[] = {"kernel", "stride"};
constexpr std::string_view kDropoutReads[] = {"rate"};
constexpr std::string_view kSliceReads[] = {"first", "out"};
constexpr std::string_view kEmbeddingReads[] = {"first", "slots", "out"};
constexpr std::size_t kMany = 1024;

constexpr OpInfo kOps[] = {
    {"linear", 1, 1, kLinearReads, linear_shape, linear_tensors, linear_macs},
    {"conv2d", 1, 1, kConvReads, conv_shape, conv_tensors, conv_macs},
    {"batchnorm", 1, 1, {}, same_shape, norm_tensors, no_macs},
    {"relu", 1, 1, {}, same_shape, no_tensors, no_macs},
    {"gelu", 1, 1, {}, same_shape, no_tensors, no_macs},
    {"silu", 1, 1, {}, same_shape, no_tensors, no_macs},
    {"tanh", 1, 1, {}, same_shape, no_tensors, no_macs},
    {"maxpool", 1, 1, kMaxPoolReads, pool_shape, no_tensors, no_macs},
    {"avgpool", 1, 1, kAvgPoolReads, pool_shape, no_tensors, no_macs},
    {"global_avgpool", 1, 1, {}, global_pool_shape, no_tensors, no_macs},
    {"flatten", 1, 1, {}, flatten_shape, no_tensors, no_macs},
    {"dropout", 1, 1, kDropoutReads, same_shape, no_tensors, no_macs},
    {"add", 2, kMany, {}, add_shape, no_tensors, no_macs},
    {"slice", 1, 1, kSliceReads, slice_shape, no_tensors, no_macs},
    {"concat", 2, kMany, {}, concat_shape, no_tensors, no_macs},
    {"embedding", 1, 1, kEmbeddingReads, embedding_shape, embedding_tensors, no_macs},
};

}  // namespace

std::span<const OpInfo> ops() { return kOps; }

const OpInfo* find_op(std::string_view name) {
  for (const OpInfo& op : kOps) {
    if (op.name == name) return &op;
  }
  return nullptr;
}

std::span<const LayerAttribute> layer_attributes() { return kAttributes; }

bool reads(const OpInfo& op, std::string_view attribute) {
  for (std::string_view name : op.attributes) {
    if (name == attribute) return true;
  }
  return false;
}

std::int64_t count_of_shape(const RowShape& shape) {
  std::int64_t count = 1;
  for (std::int64_t size : shape) {
    if (__builtin_mul_overflow(count, size, &count) || count > kMaxCount) {
      throw Error("model::bad-shape", "a tensor of shape " + shape_text(shape) + " is too large");
    }
  }
  return count;
}

std::string shape_text(const RowShape& shape) {
  std::vector<std::string> sizes;
  for (std::int64_t size : shape) sizes.push_back(std::to_string(size));
  return "[" + join(sizes, ", ") + "]";
}

}  // namespace hone
