#include "datasets/preprocess.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>

#include "core/error.h"

namespace hone {
namespace {

/// Mean and standard deviation (of the rows at hand, not an estimate) of what `visit` shows; a spread of 0 becomes 1.
struct Moments {
  double mean = 0;
  double spread = 1;
};

template <class ForEach>
Moments moments_of(ForEach for_each) {
  double sum = 0;
  double count = 0;
  for_each([&](double value) {
    sum += value;
    count += 1;
  });
  Moments moments;
  if (count == 0) return moments;
  moments.mean = sum / count;
  double squares = 0;
  for_each([&](double value) { squares += (value - moments.mean) * (value - moments.mean); });
  if (squares > 0) moments.spread = std::sqrt(squares / count);
  return moments;
}

std::int64_t pixels_per_channel(const DataFacts& facts) { return facts.shape[1] * facts.shape[2]; }

Moments channel_moments(const Dataset& dataset, std::span<const std::int64_t> rows, std::int64_t channel) {
  const std::int64_t plane = pixels_per_channel(dataset.facts());
  const std::int64_t width = input_width(dataset.facts());
  return moments_of([&](auto&& visit) {
    for (std::int64_t row : rows) {
      const auto pixels = dataset.image().subspan(row * width + channel * plane, plane);
      for (std::uint8_t pixel : pixels) visit(pixel);
    }
  });
}

Moments column_moments(const Dataset& dataset, std::span<const std::int64_t> rows, std::int64_t column) {
  const std::int64_t columns = kept_columns(dataset.facts(), "numeric");
  return moments_of([&](auto&& visit) {
    for (std::int64_t row : rows) {
      const float value = dataset.numeric()[row * columns + column];
      if (!std::isnan(value)) visit(value);
    }
  });
}

/// The loop of the predict path: blocks of a fixed length, so that -O2 makes vector code of them.
template <class Raw>
void encode_plane(const Raw* __restrict raw, float mean, float scale, std::int64_t count, float* __restrict out) {
  constexpr std::int64_t kBlock = 16;
  std::int64_t at = 0;
  for (; at + kBlock <= count; at += kBlock) {
    for (std::int64_t i = 0; i < kBlock; ++i) out[at + i] = (static_cast<float>(raw[at + i]) - mean) * scale;
  }
  for (; at < count; ++at) out[at] = (static_cast<float>(raw[at]) - mean) * scale;
}

template <class Raw>
void encode_image(const Preprocess& preprocess, const Raw* raw, float* out) {
  const std::int64_t plane = pixels_per_channel(preprocess.facts);
  for (std::size_t channel = 0; channel < preprocess.mean.size(); ++channel) {
    const std::int64_t at = static_cast<std::int64_t>(channel) * plane;
    encode_plane(raw + at, preprocess.mean[channel], 1 / preprocess.spread[channel], plane, out + at);
  }
}

void encode_numeric(const Preprocess& preprocess, const float* __restrict raw, float* __restrict out) {
  const float* mean = preprocess.mean.data();
  const float* spread = preprocess.spread.data();
  for (std::size_t column = 0; column < preprocess.mean.size(); ++column) {
    const float value = std::isnan(raw[column]) ? mean[column] : raw[column];
    out[column] = (value - mean[column]) / spread[column];
  }
}

void encode_nominal(const Preprocess& preprocess, const std::int32_t* codes, float* out) {
  for (const ColumnFacts& column : preprocess.facts.columns) {
    if (column.dropped || column.type != "nominal") continue;
    const auto levels = static_cast<std::int32_t>(column.levels.size());
    std::fill_n(out, levels + 2, 0.0f);
    const std::int32_t code = *codes++;
    out[code == kMissingLevel ? levels + 1 : code == kUnknownLevel ? levels : code] = 1;
    out += levels + 2;
  }
}

}  // namespace

Preprocess fit_preprocess(const Dataset& dataset, std::span<const std::int64_t> train_rows,
                          const std::string& numeric) {
  if (numeric != "auto" && numeric != "standard" && numeric != "none") {
    throw Error("data::unsupported", "numeric `" + numeric + "` is not known here: `standard` or `none`");
  }
  Preprocess preprocess;
  preprocess.facts = dataset.facts();
  const bool image = !dataset.image().empty();
  const std::int64_t count = image ? dataset.facts().shape[0] : kept_columns(dataset.facts(), "numeric");
  for (std::int64_t i = 0; i < count; ++i) {
    Moments moments;
    if (numeric != "none") {
      moments = image ? channel_moments(dataset, train_rows, i) : column_moments(dataset, train_rows, i);
    }
    preprocess.mean.push_back(static_cast<float>(moments.mean));
    // A spread that vanishes in float32 would divide by 0.
    const auto spread = static_cast<float>(moments.spread);
    preprocess.spread.push_back(std::isnormal(spread) ? spread : 1);
  }
  if (!dataset.values().empty()) {
    const Moments target = moments_of([&](auto&& visit) {
      for (std::int64_t row : train_rows) visit(dataset.values()[row]);
    });
    preprocess.target_mean = target.mean;
    preprocess.target_spread = target.spread;
  }
  return preprocess;
}

void encode_table_row(const Preprocess& preprocess, const float* numeric, const std::int32_t* nominal, float* out) {
  encode_numeric(preprocess, numeric, out);
  encode_nominal(preprocess, nominal, out + preprocess.mean.size());
}

void encode_rows(const Preprocess& preprocess, const Dataset& dataset, std::span<const std::int64_t> rows,
                 std::span<float> out) {
  const std::int64_t width = input_width(preprocess.facts);
  const std::int64_t numeric = kept_columns(preprocess.facts, "numeric");
  const std::int64_t nominal = kept_columns(preprocess.facts, "nominal");
  assert(out.size() == rows.size() * static_cast<std::size_t>(width));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    float* to = out.data() + static_cast<std::int64_t>(i) * width;
    if (!dataset.image().empty()) {
      encode_image(preprocess, dataset.image().data() + rows[i] * width, to);
    } else {
      encode_table_row(preprocess, dataset.numeric().data() + rows[i] * numeric,
                       dataset.nominal().data() + rows[i] * nominal, to);
    }
  }
}

void encode_raw(const Preprocess& preprocess, std::span<const float> raw, std::int64_t rows, std::span<float> out) {
  const std::int64_t width = input_width(preprocess.facts);
  assert(raw.size() == static_cast<std::size_t>(rows * width) && out.size() == raw.size());
  const bool image = !preprocess.facts.shape.empty();
  for (std::int64_t row = 0; row < rows; ++row) {
    const float* from = raw.data() + row * width;
    float* to = out.data() + row * width;
    image ? encode_image(preprocess, from, to) : encode_numeric(preprocess, from, to);
  }
}

}  // namespace hone
