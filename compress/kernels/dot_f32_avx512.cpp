// g++ 12 takes the undefined pass-through operands of its own AVX-512 intrinsics for mistakes (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include <immintrin.h>

#include "compress/kernels/dot_kernels.h"

#define HONE_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))

namespace hone {
namespace {

HONE_AVX512 inline void store(const DotJobF32& job, __m512 sum, int block, int target) {
  const int first = block * kBlock;
  const int left = job.places.outputs - first;
  const __mmask16 mask = left >= kBlock ? 0xFFFF : static_cast<__mmask16>((1U << left) - 1);
  if (job.relu) sum = _mm512_max_ps(sum, _mm512_setzero_ps());
  _mm512_mask_storeu_ps(job.out + target + first, mask, sum);
}

/// P positions × B blocks of 16 outputs in registers.
template <int P, int B, int Pool>
HONE_AVX512 void tile(const DotJobF32& job, int position, int block) {
  const DotPlaces& places = job.places;
  const float* input[P];
  __m512 sum[P][B];
#pragma GCC unroll 8
  for (int p = 0; p < P; ++p) {
    input[p] = job.input + places.in_offsets[position + p];
#pragma GCC unroll 3
    for (int b = 0; b < B; ++b) sum[p][b] = _mm512_loadu_ps(job.bias + (block + b) * kBlock);
  }
  const std::int64_t stride = std::int64_t{job.weight_columns} * kBlock;
  const float* weight = job.weight + block * stride;
  for (int r = 0; r < places.run_count; ++r) {
    const int end = places.runs[r].offset + places.runs[r].length;
    for (int offset = places.runs[r].offset; offset < end; ++offset, weight += kBlock) {
      __m512 w[B];
#pragma GCC unroll 3
      for (int b = 0; b < B; ++b) w[b] = _mm512_loadu_ps(weight + b * stride);
#pragma GCC unroll 8
      for (int p = 0; p < P; ++p) {
        const __m512 x = _mm512_set1_ps(input[p][offset]);
#pragma GCC unroll 3
        for (int b = 0; b < B; ++b) sum[p][b] = _mm512_fmadd_ps(x, w[b], sum[p][b]);
      }
    }
  }
#pragma GCC unroll 8
  for (int p = 0; p < P; p += Pool) {
#pragma GCC unroll 3
    for (int b = 0; b < B; ++b) {
      __m512 largest = sum[p][b];
#pragma GCC unroll 4
      for (int i = 1; i < Pool; ++i) largest = _mm512_max_ps(largest, sum[p + i][b]);
      store(job, largest, block + b, places.out_offsets[(position + p) / Pool]);
    }
  }
}

template <int B, int Pool>
HONE_AVX512 void all_positions(const DotJobF32& job, int block) {
  int position = 0;
  for (; position + 8 <= job.places.positions; position += 8) tile<8, B, Pool>(job, position, block);
  for (; position + 4 <= job.places.positions; position += 4) tile<4, B, Pool>(job, position, block);
  if constexpr (Pool == 1) {
    for (; position < job.places.positions; ++position) tile<1, B, 1>(job, position, block);
  }
}

template <int Pool>
HONE_AVX512 void all_blocks(const DotJobF32& job) {
  const int blocks = (job.places.outputs + kBlock - 1) / kBlock;
  int block = 0;
  while (block < blocks) {
    const int left = blocks - block;
    const int take = left == 4 || left == 2 ? 2 : left >= 3 ? 3 : 1;
    if (take == 3) all_positions<3, Pool>(job, block);
    if (take == 2) all_positions<2, Pool>(job, block);
    if (take == 1) all_positions<1, Pool>(job, block);
    block += take;
  }
}

}  // namespace

void dot_f32_avx512(const DotJobF32& job) { job.places.pool == 4 ? all_blocks<4>(job) : all_blocks<1>(job); }

}  // namespace hone
