#include "compress/kernels/map_ops.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "compress/kernels/row_ops.h"
#include "compress/plan/quantization.h"

namespace hone {
namespace {

/// Calls visit(y, x) for the places of a window that lie inside the map.
template <class Visit>
void for_window(const LayerSpec& layer, const NhwcEdge& in, std::int64_t y, std::int64_t x, Visit visit) {
  const std::int64_t top = y * layer.stride - layer.pad;
  const std::int64_t left = x * layer.stride - layer.pad;
  for (std::int64_t iy = std::max<std::int64_t>(top, 0); iy < std::min(top + layer.kernel, in.height); ++iy) {
    for (std::int64_t ix = std::max<std::int64_t>(left, 0); ix < std::min(left + layer.kernel, in.width); ++ix) {
      visit(iy, ix);
    }
  }
}

/// A global pool is one window over the whole map, which need not be square.
template <class Visit>
void for_mean_window(const LayerSpec& layer, const NhwcEdge& in, std::int64_t y, std::int64_t x, Visit visit) {
  if (layer.op != "global_avgpool") return for_window(layer, in, y, x, visit);
  for (std::int64_t iy = 0; iy < in.height; ++iy) {
    for (std::int64_t ix = 0; ix < in.width; ++ix) visit(iy, ix);
  }
}

template <class Visit>
void for_places(const NhwcEdge& edge, Visit visit) {
  for (std::int64_t y = 0; y < edge.height; ++y) {
    for (std::int64_t x = 0; x < edge.width; ++x) visit(y, x);
  }
}

template <class T>
void max_pool_of(const LayerSpec& layer, const NhwcEdge& in, const T* x, const NhwcEdge& out, T* y) {
  if (layer.kernel == 2 && layer.stride == 2 && layer.pad == 0) {
    for (std::int64_t row = 0; row < out.height; ++row) {
      pool_pairs(x + in.offset(2 * row, 0), x + in.offset(2 * row + 1, 0), static_cast<std::size_t>(out.width),
                 static_cast<std::size_t>(in.channels), y + out.offset(row, 0));
    }
    return;
  }
  for_places(out, [&](std::int64_t oy, std::int64_t ox) {
    T* target = y + out.offset(oy, ox);
    bool first = true;
    for_window(layer, in, oy, ox, [&](std::int64_t iy, std::int64_t ix) {
      const T* source = x + in.offset(iy, ix);
      const auto channels = static_cast<std::size_t>(in.channels);
      first ? void(std::copy(source, source + channels, target)) : keep_largest(source, channels, target);
      first = false;
    });
  });
}

/// The usual residual add: one pass.
void add_two(std::span<const Term<std::uint8_t>> terms, const NhwcEdge& out, std::uint8_t* y, std::int32_t zero_point,
             std::int32_t floor) {
  for (std::int64_t row = 0; row < out.height; ++row) {
    const auto term = [&](std::size_t k) {
      return CodeTerm{terms[k].values + terms[k].edge->offset(row, 0), terms[k].zero_point, terms[k].multiplier};
    };
    add_two_codes(term(0), term(1), zero_point, floor, static_cast<std::size_t>(out.width * out.channels),
                  y + out.offset(row, 0));
  }
}

template <class T>
void flatten_of(const NhwcEdge& in, const T* x, T* y) {
  for (std::int64_t c = 0; c < in.channels; ++c) {
    for_places(in, [&](std::int64_t iy, std::int64_t ix) { *y++ = x[in.offset(iy, ix) + c]; });
  }
}

}  // namespace

void max_pool(const LayerSpec& layer, const NhwcEdge& in, const std::uint8_t* x, const NhwcEdge& out, std::uint8_t* y) {
  max_pool_of(layer, in, x, out, y);
}
void max_pool(const LayerSpec& layer, const NhwcEdge& in, const float* x, const NhwcEdge& out, float* y) {
  max_pool_of(layer, in, x, out, y);
}

void average_pool(const LayerSpec& layer, const NhwcEdge& in, const std::uint8_t* x, const NhwcEdge& out,
                  std::uint8_t* y, std::int32_t zero_point) {
  std::vector<std::int32_t> sums(static_cast<std::size_t>(in.channels));
  for_places(out, [&](std::int64_t oy, std::int64_t ox) {
    std::fill(sums.begin(), sums.end(), 0);
    std::int32_t count = 0;
    for_mean_window(layer, in, oy, ox, [&](std::int64_t iy, std::int64_t ix) {
      const std::uint8_t* source = x + in.offset(iy, ix);
      for (std::int64_t c = 0; c < in.channels; ++c) sums[c] += source[c] - zero_point;
      ++count;
    });
    std::uint8_t* target = y + out.offset(oy, ox);
    const Requantize mean = {1.0F / static_cast<float>(count), 0.0F, zero_point, 0};
    for (std::int64_t c = 0; c < in.channels; ++c) target[c] = requantize(sums[c], mean);
  });
}

void average_pool(const LayerSpec& layer, const NhwcEdge& in, const float* x, const NhwcEdge& out, float* y) {
  for_places(out, [&](std::int64_t oy, std::int64_t ox) {
    float* target = y + out.offset(oy, ox);
    std::fill(target, target + in.channels, 0.0F);
    float count = 0;
    for_mean_window(layer, in, oy, ox, [&](std::int64_t iy, std::int64_t ix) {
      const float* source = x + in.offset(iy, ix);
      for (std::int64_t c = 0; c < in.channels; ++c) target[c] += source[c];
      ++count;
    });
    for (std::int64_t c = 0; c < in.channels; ++c) target[c] /= count;
  });
}

void add_maps(std::span<const Term<std::uint8_t>> terms, const NhwcEdge& out, std::uint8_t* y, std::int32_t zero_point,
              std::int32_t floor) {
  if (terms.size() == 2) return add_two(terms, out, y, zero_point, floor);
  std::vector<float> sums(static_cast<std::size_t>(out.width * out.channels));
  for (std::int64_t row = 0; row < out.height; ++row) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (const Term<std::uint8_t>& term : terms) {
      const std::uint8_t* source = term.values + term.edge->offset(row, 0);
      add_codes(source, term.zero_point, term.multiplier, sums.size(), sums.data());
    }
    round_values(sums.data(), zero_point, floor, sums.size(), y + out.offset(row, 0));
  }
}

void add_maps(std::span<const Term<float>> terms, const NhwcEdge& out, float* y, bool relu) {
  const std::int64_t length = out.width * out.channels;
  for (std::int64_t row = 0; row < out.height; ++row) {
    float* target = y + out.offset(row, 0);
    const float* first = terms.front().values + terms.front().edge->offset(row, 0);
    std::copy(first, first + length, target);
    for (std::size_t k = 1; k < terms.size(); ++k) {
      const bool clamp = relu && k + 1 == terms.size();
      const float least = clamp ? 0.0F : -std::numeric_limits<float>::infinity();
      add_values(terms[k].values + terms[k].edge->offset(row, 0), least, static_cast<std::size_t>(length), target);
    }
  }
}

void look_up(std::span<const std::uint8_t> table, const NhwcEdge& in, const std::uint8_t* x, const NhwcEdge& out,
             std::uint8_t* y) {
  const std::size_t stride = table.size() == 256 ? 0 : 256;
  for_places(out, [&](std::int64_t oy, std::int64_t ox) {
    const std::uint8_t* source = x + in.offset(oy, ox);
    std::uint8_t* target = y + out.offset(oy, ox);
    for (std::int64_t c = 0; c < in.channels; ++c) target[c] = table[static_cast<std::size_t>(c) * stride + source[c]];
  });
}

void flatten_map(const NhwcEdge& in, const std::uint8_t* x, std::uint8_t* y) { flatten_of(in, x, y); }
void flatten_map(const NhwcEdge& in, const float* x, float* y) { flatten_of(in, x, y); }

}  // namespace hone
