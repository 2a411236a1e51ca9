#include "compress/plan/quantization.h"

#include <algorithm>
#include <cmath>

namespace hone {

EdgeScale edge_scale(float low, float high) {
  const float lo = std::min(0.0F, low);
  const float hi = std::max(0.0F, high);
  EdgeScale edge;
  edge.scale = std::max((hi - lo) / 255.0F, 1.2e-7F);
  edge.zero_point = static_cast<std::int32_t>(std::clamp(std::nearbyint(-lo / edge.scale), 0.0F, 255.0F));
  return edge;
}

std::uint8_t quantize_value(float x, EdgeScale edge) { return round_to_edge(x / edge.scale, edge.zero_point, 0); }

QuantizedWeight quantize_weight(std::span<const float> weight, std::int64_t channels) {
  const std::size_t each = weight.size() / static_cast<std::size_t>(channels);
  std::vector<float> largest(static_cast<std::size_t>(channels), 0.0F);
  for (std::size_t i = 0; i < weight.size(); ++i) largest[i / each] = std::max(largest[i / each], std::abs(weight[i]));
  const float overall = *std::max_element(largest.begin(), largest.end());

  QuantizedWeight quantized;
  quantized.values.resize(weight.size());
  for (const float most : largest) quantized.scale.push_back(std::max({most, 0.01F * overall, 8e-5F}) / 127.0F);
  for (std::size_t i = 0; i < weight.size(); ++i) {
    const float value = std::nearbyint(weight[i] / quantized.scale[i / each]);
    quantized.values[i] = static_cast<std::int8_t>(std::clamp(value, -127.0F, 127.0F));
  }
  return quantized;
}

std::uint8_t round_to_edge(float y, std::int32_t zero_point, std::int32_t floor) {
  // The bounds are whole numbers, so clamping before rounding is clamping after it, without overflow; NaN becomes the
  // lower bound.
  const float low = static_cast<float>(floor - zero_point);
  const float high = static_cast<float>(255 - zero_point);
  return static_cast<std::uint8_t>(static_cast<std::int32_t>(std::nearbyint(std::min(high, std::max(low, y)))) +
                                   zero_point);
}

std::uint8_t requantize(std::int32_t acc, const Requantize& how) {
  const float scaled = static_cast<float>(acc) * how.multiplier;
  return round_to_edge(scaled + how.bias, how.zero_point, how.floor);
}

}  // namespace hone
