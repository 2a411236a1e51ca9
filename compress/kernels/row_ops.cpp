#include "compress/kernels/row_ops.h"

// The vectoriser of g++ 12 does these loops from -O3 on.
#define HONE_CLONES __attribute__((optimize("O3"), target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))

namespace hone {
namespace {

/// Adding and taking away 1.5 · 2²³ rounds half to even, for |y| < 2²².
constexpr float kRounder = 12582912.0F;

}  // namespace

HONE_CLONES void map_values(const float* x, const float* multiplier, const float* shift, const float* missing,
                            std::size_t count, float* __restrict y) {
  for (std::size_t i = 0; i < count; ++i) {
    const float value = x[i] == x[i] ? x[i] : missing[i];
    y[i] = value * multiplier[i] + shift[i];
  }
}

HONE_CLONES void divide_values(const float* x, float divisor, std::size_t count, float* __restrict y) {
  for (std::size_t i = 0; i < count; ++i) y[i] = x[i] / divisor;
}

HONE_CLONES void round_values(const float* __restrict y, std::int32_t zero_point, std::int32_t floor, std::size_t count,
                              std::uint8_t* __restrict codes) {
  const float low = static_cast<float>(floor - zero_point);
  const float high = static_cast<float>(255 - zero_point);
  for (std::size_t i = 0; i < count; ++i) {
    const float above = y[i] > low ? y[i] : low;
    const float inside = above < high ? above : high;
    const float rounded = (inside + kRounder) - kRounder;
    codes[i] = static_cast<std::uint8_t>(static_cast<std::int32_t>(rounded) + zero_point);
  }
}

HONE_CLONES void add_codes(const std::uint8_t* x, std::int32_t zero_point, float multiplier, std::size_t count,
                           float* __restrict sums) {
  for (std::size_t i = 0; i < count; ++i) {
    sums[i] = sums[i] + static_cast<float>(static_cast<std::int32_t>(x[i]) - zero_point) * multiplier;
  }
}

HONE_CLONES void add_two_codes(CodeTerm a, CodeTerm b, std::int32_t zero_point, std::int32_t floor, std::size_t count,
                               std::uint8_t* __restrict codes) {
  const float low = static_cast<float>(floor - zero_point);
  const float high = static_cast<float>(255 - zero_point);
  for (std::size_t i = 0; i < count; ++i) {
    const float first = static_cast<float>(static_cast<std::int32_t>(a.values[i]) - a.zero_point) * a.multiplier;
    const float second = static_cast<float>(static_cast<std::int32_t>(b.values[i]) - b.zero_point) * b.multiplier;
    const float sum = first + second;
    const float above = sum > low ? sum : low;
    const float inside = above < high ? above : high;
    const float rounded = (inside + kRounder) - kRounder;
    codes[i] = static_cast<std::uint8_t>(static_cast<std::int32_t>(rounded) + zero_point);
  }
}

HONE_CLONES void pool_pairs(const std::uint8_t* top, const std::uint8_t* bottom, std::size_t places,
                            std::size_t channels, std::uint8_t* __restrict y) {
  for (std::size_t place = 0; place < places; ++place, top += 2 * channels, bottom += 2 * channels, y += channels) {
    for (std::size_t c = 0; c < channels; ++c) {
      const std::uint8_t above = top[c] > top[channels + c] ? top[c] : top[channels + c];
      const std::uint8_t below = bottom[c] > bottom[channels + c] ? bottom[c] : bottom[channels + c];
      y[c] = above > below ? above : below;
    }
  }
}

HONE_CLONES void pool_pairs(const float* top, const float* bottom, std::size_t places, std::size_t channels,
                            float* __restrict y) {
  for (std::size_t place = 0; place < places; ++place, top += 2 * channels, bottom += 2 * channels, y += channels) {
    for (std::size_t c = 0; c < channels; ++c) {
      const float above = top[c] > top[channels + c] ? top[c] : top[channels + c];
      const float below = bottom[c] > bottom[channels + c] ? bottom[c] : bottom[channels + c];
      y[c] = above > below ? above : below;
    }
  }
}

HONE_CLONES void keep_largest(const std::uint8_t* x, std::size_t count, std::uint8_t* __restrict y) {
  for (std::size_t i = 0; i < count; ++i) y[i] = x[i] > y[i] ? x[i] : y[i];
}

HONE_CLONES void keep_largest(const float* x, std::size_t count, float* __restrict y) {
  for (std::size_t i = 0; i < count; ++i) y[i] = x[i] > y[i] ? x[i] : y[i];
}

HONE_CLONES void add_values(const float* x, float least, std::size_t count, float* __restrict y) {
  for (std::size_t i = 0; i < count; ++i) {
    const float sum = y[i] + x[i];
    y[i] = sum > least ? sum : least;
  }
}

}  // namespace hone
