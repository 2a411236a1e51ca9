#pragma once

#include <cstdint>

#include "compress/kernels/isa.h"

namespace hone {

/// Outputs a packed block of weights holds; the last block is filled with zeros.
inline constexpr int kBlock = 16;

/// A stretch of consecutive input elements that a dot product reads: a convolution in the order [height, width,
/// channels] reads one per kernel row, a linear layer one in all.
struct DotRun {
  std::int32_t offset = 0;
  std::int32_t length = 0;
};

/// Where a dot step reads and writes. A position is one place of the output map (and one row of a batch); its inputs
/// are the runs counted from its offset. `pool` consecutive positions give one result, the largest sum: a maxpool
/// without a pass of its own (exact, because what follows the sum is monotone).
struct DotPlaces {
  const std::int32_t* in_offsets = nullptr;   ///< [positions], elements
  const std::int32_t* out_offsets = nullptr;  ///< [positions / pool], elements
  int positions = 0;
  int pool = 1;  ///< 1 or 4
  const DotRun* runs = nullptr;
  int run_count = 0;
  int outputs = 0;
};

/// u8 × s8 dot products with the epilogue of compress.md §6, bit for bit the integer reference.
struct DotJobU8 {
  DotPlaces places;
  const std::uint8_t* input = nullptr;  ///< may be read up to 3 bytes beyond a run
  /// [blocks][Σ ceil(length/4)][16 outputs][4] s8.
  const std::int8_t* weight = nullptr;
  int weight_dwords = 0;
  /// [blocks · 16]: −z_x·Σw, and the two numbers of Requantize.
  const std::int32_t* start = nullptr;
  const float* multiplier = nullptr;
  const float* bias = nullptr;
  std::int32_t zero_point = 0;
  std::int32_t floor = 0;
  /// One of the two is set: u8 results, or real sums of the model's output.
  std::uint8_t* out = nullptr;
  float* real_out = nullptr;
};

/// fp32 dot products, bias and ReLU.
struct DotJobF32 {
  DotPlaces places;
  const float* input = nullptr;
  const float* weight = nullptr;  ///< [blocks][Σ length][16 outputs]
  int weight_columns = 0;
  const float* bias = nullptr;  ///< [blocks · 16]
  bool relu = false;
  float* out = nullptr;
};

using DotU8 = void (*)(const DotJobU8& job);
using DotF32 = void (*)(const DotJobF32& job);

/// The kernel for an instruction set; one without kernels of its own gets the next lower.
DotU8 dot_u8_kernel(Isa isa);
DotF32 dot_f32_kernel(Isa isa);
/// "own-vnni", "own-avx2-int8", … for reports.
const char* dot_u8_name(Isa isa);
const char* dot_f32_name(Isa isa);

void dot_u8_scalar(const DotJobU8& job);
void dot_u8_avx2(const DotJobU8& job);
void dot_u8_vnni(const DotJobU8& job);
void dot_f32_scalar(const DotJobF32& job);
void dot_f32_avx2(const DotJobF32& job);
void dot_f32_avx512(const DotJobF32& job);

}  // namespace hone
