#include "compress/plan/fold.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

namespace hone {
namespace {

int readers_of(const ModelSpec& spec, const std::string& name) {
  int readers = 0;
  for (const LayerSpec& layer : spec.layers) readers += std::count(layer.in.begin(), layer.in.end(), name);
  return readers;
}

/// The last layer gives the output: it can go when its producer then stands last.
bool can_bypass(const ModelSpec& spec, std::size_t index) {
  const bool last = index + 1 == spec.layers.size();
  return !last || (index > 0 && spec.layers[index - 1].name == spec.layers[index].in.front());
}

/// A linear or conv2d of fp32 whose only reader is the BatchNorm.
bool can_take_scale(const ModelSpec& spec, const std::string& name) {
  const std::int64_t index = find_layer(spec, name);
  if (index < 0) return false;
  const LayerSpec& layer = spec.layers[static_cast<std::size_t>(index)];
  return (layer.op == "linear" || layer.op == "conv2d") && layer.format == "fp32" && readers_of(spec, name) == 1;
}

/// Takes layer `index` out; who read it reads its producer.
void bypass(ModelSpec& spec, std::size_t index) {
  const LayerSpec removed = spec.layers[index];
  spec.layers.erase(spec.layers.begin() + static_cast<std::ptrdiff_t>(index));
  for (LayerSpec& layer : spec.layers) {
    std::replace(layer.in.begin(), layer.in.end(), removed.name, removed.in.front());
  }
}

void scale_producer(LayerSpec& producer, NamedArrays& tensors, const ChannelAffine& affine) {
  Array& weight = tensors.at(producer.name + "/weight");
  const std::size_t channels = affine.scale.size();
  const std::span<float> values = weight.as<float>();
  const std::size_t each = values.size() / channels;
  for (std::size_t c = 0; c < channels; ++c) {
    for (std::size_t i = 0; i < each; ++i) values[c * each + i] *= affine.scale[c];
  }
  std::vector<float> bias(channels, 0.0F);
  if (producer.bias) {
    const std::span<const float> old = tensors.at(producer.name + "/bias").as<float>();
    std::copy(old.begin(), old.end(), bias.begin());
  }
  for (std::size_t c = 0; c < channels; ++c) bias[c] = bias[c] * affine.scale[c] + affine.shift[c];
  tensors[producer.name + "/bias"] =
      make_array<float>({static_cast<std::int64_t>(channels)}, std::span<const float>(bias));
  producer.bias = true;
}

}  // namespace

ChannelAffine batchnorm_affine(const NamedArrays& tensors, const std::string& layer) {
  const std::span<const float> gamma = tensors.at(layer + "/weight").as<float>();
  const std::span<const float> beta = tensors.at(layer + "/bias").as<float>();
  const std::span<const float> mean = tensors.at(layer + "/running_mean").as<float>();
  const std::span<const float> variance = tensors.at(layer + "/running_var").as<float>();
  ChannelAffine affine;
  for (std::size_t c = 0; c < gamma.size(); ++c) {
    const double scale = gamma[c] / std::sqrt(variance[c] + kBatchNormEpsilon);
    affine.scale.push_back(static_cast<float>(scale));
    affine.shift.push_back(static_cast<float>(beta[c] - mean[c] * scale));
  }
  return affine;
}

int fold_for_inference(ModelSpec& spec, NamedArrays& tensors) {
  int folded = 0;
  std::size_t i = 0;
  while (i < spec.layers.size()) {
    const LayerSpec layer = spec.layers[i];
    if (layer.op == "dropout" && can_bypass(spec, i)) {
      bypass(spec, i);
    } else if (layer.op == "batchnorm" && can_bypass(spec, i) && can_take_scale(spec, layer.in.front())) {
      LayerSpec& producer = spec.layers[static_cast<std::size_t>(find_layer(spec, layer.in.front()))];
      scale_producer(producer, tensors, batchnorm_affine(tensors, layer.name));
      for (const char* name : {"/weight", "/bias", "/running_mean", "/running_var"}) tensors.erase(layer.name + name);
      bypass(spec, i);
      ++folded;
    } else {
      ++i;
    }
  }
  return folded;
}

}  // namespace hone
