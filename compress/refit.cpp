#include "compress/refit.h"

#include <torch/torch.h>

#include <map>

#include "compress/layer_inputs.h"
#include "datasets/tensor/array_tensor.h"

namespace hone {
namespace {

constexpr double kDamping = 1e-2;

/// Output channels of every linear and conv2d that are still there, counted in the original.
std::map<std::string, at::Tensor> kept_outputs(const std::vector<DimensionGroup>& groups, const Kept& kept) {
  std::map<std::string, at::Tensor> outputs;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const GroupWidth& width : groups[g].widths) {
      if (width.is_groups) continue;
      std::vector<std::int64_t> channels;
      for (const std::int64_t index : kept[g]) {
        for (std::int64_t i = 0; i < width.inner; ++i) channels.push_back(index * width.inner + i);
      }
      outputs[width.layer] = at::tensor(channels, at::kLong);
    }
  }
  return outputs;
}

/// Fits weight and bias of one layer to `y` and writes them back into the arrays.
void fit_layer(const LayerSpec& layer, const at::Tensor& input, const at::Tensor& y, NamedArrays& tensors) {
  at::Tensor x = unfolded_input(layer, input);
  at::Tensor start = to_tensor(tensors.at(layer.name + "/weight")).to(at::kDouble);
  const auto shape = start.sizes().vec();
  start = start.reshape({shape[0], -1}).t();
  if (layer.bias) {
    x = at::cat({x, at::ones({x.size(0), 1}, at::kDouble)}, 1);
    start = at::cat({start, to_tensor(tensors.at(layer.name + "/bias")).to(at::kDouble).unsqueeze(0)}, 0);
  }
  at::Tensor gram = at::matmul(x.t(), x);
  gram.diagonal().add_(gram.diagonal().mean() * kDamping + 1e-12);
  const at::Tensor fitted = start + at::linalg_solve(gram, at::matmul(x.t(), y - at::matmul(x, start)));
  const std::int64_t columns = layer.bias ? fitted.size(0) - 1 : fitted.size(0);
  tensors[layer.name + "/weight"] = to_array(fitted.narrow(0, 0, columns).t().reshape(shape).to(at::kFloat));
  if (layer.bias) tensors[layer.name + "/bias"] = to_array(fitted.select(0, columns).to(at::kFloat));
}

}  // namespace

ModelArtifact refit(const ModelArtifact& original, const ModelArtifact& pruned,
                    const std::vector<DimensionGroup>& groups, const Kept& kept, const at::Tensor& inputs) {
  const c10::InferenceMode inference;
  Model source(original.model);
  load_arrays(source, original.tensors);
  const LayerValues wanted = layer_values(source, inputs);
  const std::map<std::string, at::Tensor> outputs = kept_outputs(groups, kept);

  ModelArtifact fitted = pruned;
  Model model(pruned.model);
  load_arrays(model, pruned.tensors);
  for (const LayerSpec& layer : pruned.model.layers) {
    const bool weighted = layer.op == "linear" || (layer.op == "conv2d" && layer.groups == 1);
    if (!weighted || layer.in.front() == "input") continue;
    const at::Tensor input = layer_values(model, inputs).at(layer.in.front());
    const at::Tensor y = wanted.at(layer.name).index_select(1, outputs.at(layer.name));
    fit_layer(layer, input, unfolded_output(y), fitted.tensors);
    load_arrays(model, fitted.tensors);
  }
  return fitted;
}

}  // namespace hone
