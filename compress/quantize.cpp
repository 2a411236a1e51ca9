#include "compress/quantize.h"

#include <torch/torch.h>

#include "compress/layer_inputs.h"
#include "compress/plan/integer_model.h"
#include "compress/plan/quantize_model.h"

namespace hone {
namespace {

constexpr std::int64_t kBatchRows = 32;

}  // namespace

Quantized quantize(const ModelArtifact& folded, const at::Tensor& inputs, const std::string& calibrator) {
  Model model(folded.model);
  load_arrays(model, folded.tensors);
  const LayerValues values = layer_values(model, inputs);
  const std::int64_t batches = (inputs.size(0) + kBatchRows - 1) / kBatchRows;
  const ExecutionPlan plan = make_execution_plan(folded.model);
  Quantized quantized;
  std::map<std::string, EdgeScale> scales;
  for (const std::size_t edge : scaled_edges(plan)) {
    const std::string& name = plan.edges[edge].name;
    const at::Tensor all = values.at(name).contiguous();
    const std::span<const float> numbers(all.const_data_ptr<float>(), static_cast<std::size_t>(all.numel()));
    quantized.edges[name] = calibrate(numbers, batches, calibrator);
    scales[name] = quantized.edges[name].scale;
  }
  quantized.artifact = quantize_model(folded, scales);
  return quantized;
}

}  // namespace hone
