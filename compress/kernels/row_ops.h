#pragma once

#include <cstddef>
#include <cstdint>

namespace hone {

/// Loops over consecutive values, built once per instruction set and chosen when the program starts. They are
/// elementwise without fused operations, so every build gives the same bits.

/// y = x·multiplier + shift value by value, `missing` in place of NaN.
void map_values(const float* x, const float* multiplier, const float* shift, const float* missing, std::size_t count,
                float* y);
/// y = x / divisor.
void divide_values(const float* x, float divisor, std::size_t count, float* y);
/// round_to_edge of every value.
void round_values(const float* y, std::int32_t zero_point, std::int32_t floor, std::size_t count, std::uint8_t* codes);
/// sums += (x − zero_point)·multiplier.
void add_codes(const std::uint8_t* x, std::int32_t zero_point, float multiplier, std::size_t count, float* sums);
/// Two codes: round_to_edge of (a − its zero)·its multiplier + (b − its zero)·its multiplier.
struct CodeTerm {
  const std::uint8_t* values = nullptr;
  std::int32_t zero_point = 0;
  float multiplier = 1;
};
void add_two_codes(CodeTerm a, CodeTerm b, std::int32_t zero_point, std::int32_t floor, std::size_t count,
                   std::uint8_t* codes);
/// A 2 × 2 maxpool of two rows of a map: `places` results of `channels` each.
void pool_pairs(const std::uint8_t* top, const std::uint8_t* bottom, std::size_t places, std::size_t channels,
                std::uint8_t* y);
void pool_pairs(const float* top, const float* bottom, std::size_t places, std::size_t channels, float* y);
/// y = max(y, x).
void keep_largest(const std::uint8_t* x, std::size_t count, std::uint8_t* y);
void keep_largest(const float* x, std::size_t count, float* y);
/// y += x, then the larger of it and `least`.
void add_values(const float* x, float least, std::size_t count, float* y);

}  // namespace hone
