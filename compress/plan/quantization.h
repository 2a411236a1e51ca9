#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hone {

/// How an edge's real values become u8: q = clamp(round(x/scale) + zero_point, 0, 255), rounding half to even
/// (compress.md §6).
struct EdgeScale {
  float scale = 1;
  std::int32_t zero_point = 0;

  bool operator==(const EdgeScale&) const = default;
};

/// lo = min(0, low), hi = max(0, high), scale = max((hi−lo)/255, 1.2e-7), zero_point = clamp(round(−lo/scale), 0, 255).
EdgeScale edge_scale(float low, float high);

std::uint8_t quantize_value(float x, EdgeScale edge);
inline float real_value(std::uint8_t q, EdgeScale edge) {
  return static_cast<float>(static_cast<std::int32_t>(q) - edge.zero_point) * edge.scale;
}

/// Weights as s8 with one scale an output channel.
struct QuantizedWeight {
  std::vector<std::int8_t> values;
  std::vector<float> scale;
};
/// s_c = max(max|W_c|, .01·max over all channels, 8e-5)/127, rounding half to even, clamped to ±127. `weight` is
/// [channels, …] row-major.
QuantizedWeight quantize_weight(std::span<const float> weight, std::int64_t channels);

/// What a sum of integers becomes: y = float(acc)·multiplier + bias as two roundings, no FMA; clamped so that the
/// result lies in [floor, 255], rounded half to even, + zero_point. The definition kernels are tested against.
struct Requantize {
  float multiplier = 1;
  float bias = 0;
  std::int32_t zero_point = 0;
  /// zero_point when a ReLU is part of the step, else 0.
  std::int32_t floor = 0;
};
std::uint8_t requantize(std::int32_t acc, const Requantize& how);
/// The last part alone: a real number in units of the output's scale.
std::uint8_t round_to_edge(float y, std::int32_t zero_point, std::int32_t floor);

}  // namespace hone
