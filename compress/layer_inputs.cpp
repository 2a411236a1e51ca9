#include "compress/layer_inputs.h"

#include <torch/torch.h>

namespace hone {

LayerValues layer_values(const Model& model, const at::Tensor& inputs) {
  const c10::InferenceMode inference;
  std::vector<std::int64_t> shape = {inputs.size(0)};
  shape.insert(shape.end(), model.spec().input.begin(), model.spec().input.end());
  LayerValues values = {{"input", inputs.reshape(shape)}};
  const std::vector<at::Tensor> outputs = model.forward_all(inputs);
  for (std::size_t i = 0; i < outputs.size(); ++i) values[model.spec().layers[i].name] = outputs[i];
  return values;
}

at::Tensor unfolded_input(const LayerSpec& layer, const at::Tensor& input) {
  if (layer.op == "linear") return input.to(at::kDouble);
  const at::Tensor columns = at::im2col(input, {layer.kernel, layer.kernel}, /*dilation=*/{1, 1},
                                        {layer.pad, layer.pad}, {layer.stride, layer.stride});
  return columns.transpose(1, 2).reshape({-1, columns.size(1)}).to(at::kDouble);
}

at::Tensor unfolded_output(const at::Tensor& output) {
  if (output.dim() == 2) return output.to(at::kDouble);
  return output.flatten(2).transpose(1, 2).reshape({-1, output.size(1)}).to(at::kDouble);
}

}  // namespace hone
