#pragma once

#include <cstdint>
#include <span>

#include "compress/kernels/nhwc_plan.h"

namespace hone {

/// Steps that are no dot products, on one row of a batch in the layout of NhwcEdge. Plain loops that the compiler turns
/// into vectors; for u8 they are the integer reference's arithmetic bit for bit.

/// Largest value of every window; padding does not count.
void max_pool(const LayerSpec& layer, const NhwcEdge& in, const std::uint8_t* x, const NhwcEdge& out, std::uint8_t* y);
void max_pool(const LayerSpec& layer, const NhwcEdge& in, const float* x, const NhwcEdge& out, float* y);

/// Mean of every window, or of the whole map for global_avgpool. u8 keeps the scale of its input.
void average_pool(const LayerSpec& layer, const NhwcEdge& in, const std::uint8_t* x, const NhwcEdge& out,
                  std::uint8_t* y, std::int32_t zero_point);
void average_pool(const LayerSpec& layer, const NhwcEdge& in, const float* x, const NhwcEdge& out, float* y);

/// What an add needs of one input.
template <class T>
struct Term {
  const NhwcEdge* edge = nullptr;
  const T* values = nullptr;
  /// u8 only.
  float multiplier = 1;
  std::int32_t zero_point = 0;
};
void add_maps(std::span<const Term<std::uint8_t>> terms, const NhwcEdge& out, std::uint8_t* y, std::int32_t zero_point,
              std::int32_t floor);
void add_maps(std::span<const Term<float>> terms, const NhwcEdge& out, float* y, bool relu);

/// y = table[x], one table of 256 for all channels or one each.
void look_up(std::span<const std::uint8_t> table, const NhwcEdge& in, const std::uint8_t* x, const NhwcEdge& out,
             std::uint8_t* y);

/// Copies a map into the order [channels, height, width] of a vector.
void flatten_map(const NhwcEdge& in, const std::uint8_t* x, std::uint8_t* y);
void flatten_map(const NhwcEdge& in, const float* x, float* y);

}  // namespace hone
