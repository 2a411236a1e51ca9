// g++ 12 takes the undefined pass-through operands of its own AVX-512 intrinsics for mistakes (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
// Its partial redundancy elimination keeps the sums of the inner loop in memory as well: 3 × slower.
#pragma GCC optimize("no-tree-pre")

#include <immintrin.h>

#include <cstring>

#include "compress/kernels/dot_kernels.h"

#define HONE_VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))

namespace hone {
namespace {

/// What follows the sums of one block of outputs, in registers: a store to bytes may alias anything, so what is read
/// from the job after it would be read again.
struct Epilogue {
  __m512 multiplier;
  __m512 bias;
  __m512 low;
  __m512 high;
  __m512i zero_point;
  __mmask16 mask;
  std::uint8_t* out;
  float* real_out;
};

HONE_VNNI inline Epilogue epilogue_of(const DotJobU8& job, int block) {
  const int first = block * kBlock;
  const int left = job.places.outputs - first;
  return {_mm512_loadu_ps(job.multiplier + first),
          _mm512_loadu_ps(job.bias + first),
          _mm512_set1_ps(static_cast<float>(job.floor - job.zero_point)),
          _mm512_set1_ps(static_cast<float>(255 - job.zero_point)),
          _mm512_set1_epi32(job.zero_point),
          left >= kBlock ? __mmask16{0xFFFF} : static_cast<__mmask16>((1U << left) - 1),
          job.out == nullptr ? nullptr : job.out + first,
          job.real_out == nullptr ? nullptr : job.real_out + first};
}

/// Two roundings, clamp, round half to even, + zero point (Requantize); stores the outputs that exist.
HONE_VNNI inline void store(const Epilogue& how, __m512i sum, int target) {
  const __m512 scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), how.multiplier);
  const __m512 y = _mm512_add_ps(scaled, how.bias);
  if (how.real_out != nullptr) {
    _mm512_mask_storeu_ps(how.real_out + target, how.mask, y);
    return;
  }
  const __m512i rounded = _mm512_cvtps_epi32(_mm512_min_ps(_mm512_max_ps(y, how.low), how.high));
  const __m128i codes = _mm512_cvtepi32_epi8(_mm512_add_epi32(rounded, how.zero_point));
  _mm_mask_storeu_epi8(how.out + target, how.mask, codes);
}

/// P positions × B blocks of 16 outputs in registers, one vpdpbusd for four products of 16 outputs.
template <int P, int B, int Pool>
HONE_VNNI void tile(const DotJobU8& job, int position, int block) {
  const DotPlaces places = job.places;
  const std::uint8_t* input[P];
  __m512i sum[P][B];
#pragma GCC unroll 8
  for (int p = 0; p < P; ++p) {
    input[p] = job.input + places.in_offsets[position + p];
#pragma GCC unroll 3
    for (int b = 0; b < B; ++b) sum[p][b] = _mm512_loadu_si512(job.start + (block + b) * kBlock);
  }
  const std::int64_t stride = std::int64_t{job.weight_dwords} * kBlock * 4;
  const std::int8_t* weight = job.weight + block * stride;
  for (int r = 0; r < places.run_count; ++r) {
    const int end = places.runs[r].offset + places.runs[r].length;
    for (int offset = places.runs[r].offset; offset < end; offset += 4, weight += kBlock * 4) {
      __m512i w[B];
#pragma GCC unroll 3
      for (int b = 0; b < B; ++b) w[b] = _mm512_loadu_si512(weight + b * stride);
#pragma GCC unroll 8
      for (int p = 0; p < P; ++p) {
        std::int32_t four;
        std::memcpy(&four, input[p] + offset, sizeof four);
        const __m512i x = _mm512_set1_epi32(four);
#pragma GCC unroll 3
        for (int b = 0; b < B; ++b) sum[p][b] = _mm512_dpbusd_epi32(sum[p][b], x, w[b]);
      }
    }
  }
  const std::int32_t* targets = places.out_offsets + position / Pool;
#pragma GCC unroll 3
  for (int b = 0; b < B; ++b) {
    const Epilogue how = epilogue_of(job, block + b);
#pragma GCC unroll 8
    for (int p = 0; p < P; p += Pool) {
      __m512i largest = sum[p][b];
#pragma GCC unroll 4
      for (int i = 1; i < Pool; ++i) largest = _mm512_max_epi32(largest, sum[p + i][b]);
      store(how, largest, targets[p / Pool]);
    }
  }
}

template <int B, int Pool>
HONE_VNNI void all_positions(const DotJobU8& job, int block) {
  int position = 0;
  for (; position + 8 <= job.places.positions; position += 8) tile<8, B, Pool>(job, position, block);
  for (; position + 4 <= job.places.positions; position += 4) tile<4, B, Pool>(job, position, block);
  if constexpr (Pool == 1) {
    for (; position < job.places.positions; ++position) tile<1, B, 1>(job, position, block);
  }
}

template <int Pool>
HONE_VNNI void all_blocks(const DotJobU8& job) {
  const int blocks = (job.places.outputs + kBlock - 1) / kBlock;
  int block = 0;
  while (block < blocks) {
    const int left = blocks - block;
    // 4 = 2 + 2: three blocks and one would leave the last one short of independent sums.
    const int take = left == 4 || left == 2 ? 2 : left >= 3 ? 3 : 1;
    if (take == 3) all_positions<3, Pool>(job, block);
    if (take == 2) all_positions<2, Pool>(job, block);
    if (take == 1) all_positions<1, Pool>(job, block);
    block += take;
  }
}

}  // namespace

void dot_u8_vnni(const DotJobU8& job) { job.places.pool == 4 ? all_blocks<4>(job) : all_blocks<1>(job); }

}  // namespace hone
