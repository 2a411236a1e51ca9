#include <immintrin.h>

#include <cstring>

#include "compress/kernels/dot_kernels.h"

#define HONE_AVX2 __attribute__((target("avx2,fma")))

namespace hone {
namespace {

HONE_AVX2 inline void store(const DotJobF32& job, __m256 sum, int first, int target) {
  const int left = job.places.outputs - first;
  if (left <= 0) return;
  if (job.relu) sum = _mm256_max_ps(sum, _mm256_setzero_ps());
  float values[8];
  _mm256_storeu_ps(values, sum);
  std::memcpy(job.out + target + first, values, (left < 8 ? left : 8) * sizeof(float));
}

/// P positions × 16 outputs in registers.
template <int P, int Pool>
HONE_AVX2 void tile(const DotJobF32& job, int position, int block) {
  const DotPlaces& places = job.places;
  const float* input[P];
  __m256 low[P];
  __m256 high[P];
#pragma GCC unroll 4
  for (int p = 0; p < P; ++p) {
    input[p] = job.input + places.in_offsets[position + p];
    low[p] = _mm256_loadu_ps(job.bias + block * kBlock);
    high[p] = _mm256_loadu_ps(job.bias + block * kBlock + 8);
  }
  const float* weight = job.weight + std::int64_t{block} * job.weight_columns * kBlock;
  for (int r = 0; r < places.run_count; ++r) {
    const int end = places.runs[r].offset + places.runs[r].length;
    for (int offset = places.runs[r].offset; offset < end; ++offset, weight += kBlock) {
      const __m256 w_low = _mm256_loadu_ps(weight);
      const __m256 w_high = _mm256_loadu_ps(weight + 8);
#pragma GCC unroll 4
      for (int p = 0; p < P; ++p) {
        const __m256 x = _mm256_set1_ps(input[p][offset]);
        low[p] = _mm256_fmadd_ps(x, w_low, low[p]);
        high[p] = _mm256_fmadd_ps(x, w_high, high[p]);
      }
    }
  }
#pragma GCC unroll 4
  for (int p = 0; p < P; p += Pool) {
    __m256 a = low[p];
    __m256 b = high[p];
#pragma GCC unroll 4
    for (int i = 1; i < Pool; ++i) {
      a = _mm256_max_ps(a, low[p + i]);
      b = _mm256_max_ps(b, high[p + i]);
    }
    store(job, a, block * kBlock, places.out_offsets[(position + p) / Pool]);
    store(job, b, block * kBlock + 8, places.out_offsets[(position + p) / Pool]);
  }
}

template <int Pool>
HONE_AVX2 void one_block(const DotJobF32& job, int block) {
  int position = 0;
  for (; position + 4 <= job.places.positions; position += 4) tile<4, Pool>(job, position, block);
  if constexpr (Pool == 1) {
    for (; position < job.places.positions; ++position) tile<1, 1>(job, position, block);
  }
}

}  // namespace

void dot_f32_avx2(const DotJobF32& job) {
  for (int block = 0; block * kBlock < job.places.outputs; ++block) {
    job.places.pool == 4 ? one_block<4>(job, block) : one_block<1>(job, block);
  }
}

}  // namespace hone
