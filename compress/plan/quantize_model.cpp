#include "compress/plan/quantize_model.h"

#include "compress/plan/integer_model.h"

namespace hone {
namespace {

Array one(float value) { return make_array<float>({1}, std::span<const float>(&value, 1)); }
Array one(std::int32_t value) { return make_array<std::int32_t>({1}, std::span<const std::int32_t>(&value, 1)); }

}  // namespace

ModelArtifact quantize_model(const ModelArtifact& folded, const std::map<std::string, EdgeScale>& scales) {
  ModelArtifact quantized = folded;
  for (LayerSpec& layer : quantized.model.layers) {
    if (layer.op != "linear" && layer.op != "conv2d") continue;
    layer.format = "int8";
    Array& weight = quantized.tensors.at(layer.name + "/weight");
    const QuantizedWeight small = quantize_weight(weight.as<float>(), layer.out);
    weight = make_array<std::int8_t>(weight.shape, std::span<const std::int8_t>(small.values));
    quantized.tensors[layer.name + "/scale"] = make_array<float>({layer.out}, std::span<const float>(small.scale));
  }
  const ExecutionPlan plan = make_execution_plan(quantized.model);
  for (const std::size_t edge : scaled_edges(plan)) {
    const std::string& name = plan.edges[edge].name;
    quantized.tensors["edge/" + name + "/scale"] = one(scales.at(name).scale);
    quantized.tensors["edge/" + name + "/zero_point"] = one(scales.at(name).zero_point);
  }
  return quantized;
}

}  // namespace hone
