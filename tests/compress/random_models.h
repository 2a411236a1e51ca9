#pragma once

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "compress/plan/calibration.h"
#include "compress/plan/execution_plan.h"
#include "compress/plan/float_reference.h"
#include "compress/plan/integer_model.h"
#include "compress/plan/quantize_model.h"
#include "core/random.h"

namespace hone {

inline LayerSpec layer_of(const std::string& name, const std::string& op, std::vector<std::string> in) {
  LayerSpec layer;
  layer.name = name;
  layer.op = op;
  layer.in = std::move(in);
  return layer;
}

inline LayerSpec linear_of(const std::string& name, const std::string& in, std::int64_t out) {
  LayerSpec layer = layer_of(name, "linear", {in});
  layer.out = out;
  return layer;
}

inline LayerSpec conv_of(const std::string& name, const std::string& in, std::int64_t out, std::int64_t kernel,
                         std::int64_t pad = 0, std::int64_t stride = 1, std::int64_t groups = 1) {
  LayerSpec layer = layer_of(name, "conv2d", {in});
  layer.out = out;
  layer.kernel = kernel;
  layer.pad = pad;
  layer.stride = stride;
  layer.groups = groups;
  return layer;
}

inline LayerSpec pool_of(const std::string& name, const std::string& op, const std::string& in, std::int64_t kernel,
                         std::int64_t stride, std::int64_t pad = 0) {
  LayerSpec layer = layer_of(name, op, {in});
  layer.kernel = kernel;
  layer.stride = stride;
  layer.pad = pad;
  return layer;
}

/// Tensors of a spec with random values; variances positive, weights about 1/√columns.
inline NamedArrays random_tensors(const ModelSpec& spec, RandomStream& random) {
  NamedArrays tensors;
  for (const TensorShape& tensor : tensor_shapes(spec)) {
    std::int64_t count = 1;
    for (const std::int64_t size : tensor.shape) count *= size;
    const double scale = tensor.shape.size() > 1 ? 1.5 / std::sqrt(double(count) / double(tensor.shape[0])) : 0.3;
    std::vector<float> values;
    for (std::int64_t i = 0; i < count; ++i) {
      const double value = scale * random.normal();
      const bool gain = tensor.shape.size() == 1 && tensor.name.ends_with("/weight");
      values.push_back(static_cast<float>(tensor.name.ends_with("running_var") ? 0.5 + random.uniform()
                                          : gain                               ? 1 + value
                                                                               : value));
    }
    tensors[tensor.name] = make_array<float>(tensor.shape, std::span<const float>(values));
  }
  return tensors;
}

inline std::vector<float> random_values(std::size_t count, RandomStream& random) {
  std::vector<float> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<float>(random.normal()));
  return values;
}

inline std::size_t row_size(const ModelSpec& spec) {
  std::size_t size = 1;
  for (const std::int64_t axis : spec.input) size *= static_cast<std::size_t>(axis);
  return size;
}

/// The int8 model of random weights, calibrated on random rows.
inline ModelArtifact random_quantized(const ModelSpec& spec, RandomStream& random) {
  ModelArtifact artifact;
  artifact.model = spec;
  artifact.tensors = random_tensors(spec, random);
  const EdgeValues values = run_float_reference(spec, artifact.tensors, random_values(8 * row_size(spec), random), 8);
  std::map<std::string, EdgeScale> scales;
  for (const auto& [name, edge] : values) scales[name] = calibrate(edge, 2, "minmax").scale;
  return quantize_model(artifact, scales);
}

/// A small random network: convolutions, residual adds, pools, activations, then linear layers.
inline ModelSpec random_model(RandomStream& random) {
  ModelSpec spec;
  spec.input = {1 + random.index(3), 5 + random.index(5), 5 + random.index(5)};
  std::string last = "input";
  int count = 0;
  const auto name = [&](const char* stem) { return stem + std::to_string(count++); };
  const auto add = [&](LayerSpec layer) {
    last = layer.name;
    spec.layers.push_back(std::move(layer));
  };
  const auto activation = [&] {
    const char* ops[] = {"relu", "relu", "relu", "gelu", "silu", "tanh"};
    add(layer_of(name("act"), ops[random.index(6)], {last}));
  };
  std::int64_t width = 3 + random.index(30);
  add(conv_of(name("conv"), last, width, 3, 1));
  activation();
  for (std::int64_t block = random.index(3); block > 0; --block) {
    const std::string skip = last;
    if (random.index(3) == 0) add(conv_of(name("depthwise"), last, width, 3, 1, 1, width));
    add(conv_of(name("conv"), last, 2 + random.index(20), 3, 1));
    if (random.index(2) == 0) add(layer_of(name("norm"), "batchnorm", {last}));
    activation();
    add(conv_of(name("conv"), last, width, 1 + 2 * random.index(2), 0));
    const bool shrunk = spec.layers.back().kernel == 3;
    if (shrunk) spec.layers.back().pad = 1;
    add(layer_of(name("sum"), "add", {last, skip}));
    if (random.index(2) == 0) activation();
  }
  if (random.index(4) == 0) add(layer_of(name("norm"), "batchnorm", {last}));
  const std::int64_t pool = random.index(4);
  if (pool == 0) add(pool_of(name("pool"), "maxpool", last, 2, 2));
  if (pool == 1) add(pool_of(name("pool"), "maxpool", last, 3, 2, 1));
  if (pool == 2) add(pool_of(name("pool"), "avgpool", last, 2, 2));
  if (random.index(3) == 0) {
    add(layer_of(name("mean"), "global_avgpool", {last}));
  } else {
    add(layer_of(name("flat"), "flatten", {last}));
  }
  if (random.index(3) != 0) {
    add(linear_of(name("fc"), last, 5 + random.index(60)));
    activation();
    add(layer_of(name("drop"), "dropout", {last}));
    spec.layers.back().rate = 0.1;
  }
  add(linear_of(name("out"), last, 1 + random.index(12)));
  return spec;
}

}  // namespace hone
