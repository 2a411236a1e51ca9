#include <immintrin.h>

#include <cstring>

#include "compress/kernels/dot_kernels.h"

#define HONE_AVX2 __attribute__((target("avx2,fma")))

namespace hone {
namespace {

/// Sums of 16 outputs: part i holds outputs 4i … 4i+3 as two halves each, added at the end.
struct Sums {
  __m256i part[4];
};

/// vpmaddubsw would saturate, so both factors are widened to 16 bits: exact (compress.md §9).
template <int P>
HONE_AVX2 void accumulate(const DotJobU8& job, int position, int block, Sums (&sums)[P]) {
  const DotPlaces& places = job.places;
  const std::uint8_t* input[P];
#pragma GCC unroll 2
  for (int p = 0; p < P; ++p) {
    input[p] = job.input + places.in_offsets[position + p];
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) sums[p].part[i] = _mm256_setzero_si256();
  }
  const std::int8_t* weight = job.weight + std::int64_t{block} * job.weight_dwords * kBlock * 4;
  for (int r = 0; r < places.run_count; ++r) {
    const int end = places.runs[r].offset + places.runs[r].length;
    for (int offset = places.runs[r].offset; offset < end; offset += 4, weight += kBlock * 4) {
      __m256i x[P];
#pragma GCC unroll 2
      for (int p = 0; p < P; ++p) {
        std::int32_t four;
        std::memcpy(&four, input[p] + offset, sizeof four);
        x[p] = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
      }
#pragma GCC unroll 4
      for (int i = 0; i < 4; ++i) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(weight + 16 * i));
        const __m256i w = _mm256_cvtepi8_epi16(bytes);
#pragma GCC unroll 2
        for (int p = 0; p < P; ++p) {
          sums[p].part[i] = _mm256_add_epi32(sums[p].part[i], _mm256_madd_epi16(x[p], w));
        }
      }
    }
  }
}

/// Eight sums of outputs from two parts.
HONE_AVX2 inline __m256i add_halves(__m256i a, __m256i b) {
  return _mm256_permute4x64_epi64(_mm256_hadd_epi32(a, b), 0b11'01'10'00);
}

/// Two roundings, clamp, round half to even, + zero point; eight outputs from `first`.
HONE_AVX2 inline void store(const DotJobU8& job, __m256i sum, int first, int target) {
  const int left = job.places.outputs - first;
  if (left <= 0) return;
  const std::size_t count = left < 8 ? static_cast<std::size_t>(left) : 8;
  const __m256 scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_loadu_ps(job.multiplier + first));
  const __m256 y = _mm256_add_ps(scaled, _mm256_loadu_ps(job.bias + first));
  if (job.real_out != nullptr) {
    float values[8];
    _mm256_storeu_ps(values, y);
    std::memcpy(job.real_out + target + first, values, count * sizeof(float));
    return;
  }
  const __m256 low = _mm256_set1_ps(static_cast<float>(job.floor - job.zero_point));
  const __m256 high = _mm256_set1_ps(static_cast<float>(255 - job.zero_point));
  const __m256i rounded = _mm256_cvtps_epi32(_mm256_min_ps(_mm256_max_ps(y, low), high));
  const __m256i words = _mm256_add_epi32(rounded, _mm256_set1_epi32(job.zero_point));
  const __m128i halves = _mm_packs_epi32(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
  std::uint8_t bytes[16];
  _mm_storeu_si128(reinterpret_cast<__m128i*>(bytes), _mm_packus_epi16(halves, halves));
  std::memcpy(job.out + target + first, bytes, count);
}

template <int P>
HONE_AVX2 void tile(const DotJobU8& job, int position, int block, __m256i (&low)[P], __m256i (&high)[P]) {
  Sums sums[P];
  accumulate<P>(job, position, block, sums);
  const auto* start = reinterpret_cast<const __m256i*>(job.start + block * kBlock);
#pragma GCC unroll 2
  for (int p = 0; p < P; ++p) {
    low[p] = _mm256_add_epi32(add_halves(sums[p].part[0], sums[p].part[1]), _mm256_loadu_si256(start));
    high[p] = _mm256_add_epi32(add_halves(sums[p].part[2], sums[p].part[3]), _mm256_loadu_si256(start + 1));
  }
}

HONE_AVX2 void one_block(const DotJobU8& job, int block) {
  const DotPlaces& places = job.places;
  int position = 0;
  if (places.pool == 4) {
    for (; position < places.positions; position += 4) {
      __m256i low[2], high[2], more_low[2], more_high[2];
      tile<2>(job, position, block, low, high);
      tile<2>(job, position + 2, block, more_low, more_high);
      const __m256i a = _mm256_max_epi32(_mm256_max_epi32(low[0], low[1]), _mm256_max_epi32(more_low[0], more_low[1]));
      const __m256i b =
          _mm256_max_epi32(_mm256_max_epi32(high[0], high[1]), _mm256_max_epi32(more_high[0], more_high[1]));
      store(job, a, block * kBlock, places.out_offsets[position / 4]);
      store(job, b, block * kBlock + 8, places.out_offsets[position / 4]);
    }
    return;
  }
  for (; position + 2 <= places.positions; position += 2) {
    __m256i low[2], high[2];
    tile<2>(job, position, block, low, high);
    for (int p = 0; p < 2; ++p) {
      store(job, low[p], block * kBlock, places.out_offsets[position + p]);
      store(job, high[p], block * kBlock + 8, places.out_offsets[position + p]);
    }
  }
  if (position < places.positions) {
    __m256i low[1], high[1];
    tile<1>(job, position, block, low, high);
    store(job, low[0], block * kBlock, places.out_offsets[position]);
    store(job, high[0], block * kBlock + 8, places.out_offsets[position]);
  }
}

}  // namespace

void dot_u8_avx2(const DotJobU8& job) {
  for (int block = 0; block * kBlock < job.places.outputs; ++block) one_block(job, block);
}

}  // namespace hone
