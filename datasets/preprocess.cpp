#include "datasets/preprocess.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/statistics.h"

namespace hone {
namespace {

/// Normal scores end here: the place 1e-7 from either end (scikit-learn's and TabM's bound).
constexpr double kMostScore = 5.199337582605575;

/// The loop of the predict path: blocks of a fixed length, so that -O2 makes vector code of them.
void encode_plane(const std::uint8_t* __restrict raw, float mean, float scale, std::int64_t count,
                  float* __restrict out) {
  constexpr std::int64_t kBlock = 16;
  std::int64_t at = 0;
  for (; at + kBlock <= count; at += kBlock) {
    for (std::int64_t i = 0; i < kBlock; ++i) out[at + i] = (static_cast<float>(raw[at + i]) - mean) * scale;
  }
  for (; at < count; ++at) out[at] = (static_cast<float>(raw[at]) - mean) * scale;
}

void encode_image(const Preprocess& preprocess, const std::uint8_t* raw, float* out) {
  const std::int64_t plane = preprocess.facts.shape[1] * preprocess.facts.shape[2];
  for (std::size_t channel = 0; channel < preprocess.mean.size(); ++channel) {
    const std::int64_t at = static_cast<std::int64_t>(channel) * plane;
    encode_plane(raw + at, preprocess.mean[channel], 1 / preprocess.spread[channel], plane, out + at);
  }
}

/// Place of a value among ascending quantiles, 0 … 1; in the middle of those it equals.
double place_among(const std::vector<float>& quantiles, float value) {
  const auto [first, last] = std::equal_range(quantiles.begin(), quantiles.end(), value);
  const auto end = static_cast<double>(quantiles.size() - 1);
  if (first != last) return static_cast<double>((first - quantiles.begin()) + (last - quantiles.begin()) - 1) / 2 / end;
  if (first == quantiles.begin()) return 0;
  if (first == quantiles.end()) return 1;
  const double below = *(first - 1);
  return (static_cast<double>(first - quantiles.begin() - 1) + (value - below) / (*first - below)) / end;
}

float normal_score(const std::vector<float>& quantiles, float value) {
  const double place = place_among(quantiles, value);
  if (place <= 0) return static_cast<float>(-kMostScore);
  if (place >= 1) return static_cast<float>(kMostScore);
  return static_cast<float>(std::clamp(normal_quantile(place), -kMostScore, kMostScore));
}

}  // namespace

TableEncoder::TableEncoder(const Preprocess& preprocess) : preprocess_(preprocess) {
  std::size_t numeric = 0;
  std::size_t nominal = 0;
  std::vector<std::size_t> index_of(preprocess.facts.columns.size());
  for (std::size_t i = 0; i < index_of.size(); ++i) {
    const ColumnFacts& column = preprocess.facts.columns[i];
    if (!column.dropped) index_of[i] = column.type == "numeric" ? numeric++ : nominal++;
  }
  for (const InputBlock& block : input_blocks(preprocess.facts)) {
    if (block.kind == InputKind::numeric) continue;
    blocks_.push_back({block, index_of[block.column],
                       static_cast<std::int64_t>(preprocess.facts.columns[block.column].levels.size())});
  }
}

float TableEncoder::scaled(std::size_t column, float value) const {
  if (!preprocess_.quantiles.empty()) {
    return std::isnan(value) ? 0 : normal_score(preprocess_.quantiles[column], value);
  }
  const float known = std::isnan(value) ? preprocess_.fill[column] : value;
  const float z = (known - preprocess_.mean[column]) / preprocess_.spread[column];
  return preprocess_.facts.encoding.numeric == "robust" ? z / std::sqrt(1 + (z / 3) * (z / 3)) : z;
}

void TableEncoder::encode(const float* numeric, const std::int32_t* nominal, float* out) const {
  for (std::size_t column = 0; column < preprocess_.fill.size(); ++column)
    out[column] = scaled(column, numeric[column]);
  for (const auto& [block, index, levels] : blocks_) {
    float* to = out + block.first;
    if (block.kind == InputKind::indicator) {
      *to = std::isnan(numeric[index]) ? 1.0f : 0.0f;
      continue;
    }
    const std::int32_t code = nominal[index];
    if (block.kind == InputKind::ordinal) {
      *to = code < 0 || levels < 2 ? 0 : 2 * static_cast<float>(code) / static_cast<float>(levels - 1) - 1;
      continue;
    }
    const NominalFit& fit = preprocess_.nominal[index];
    const std::int64_t rare = block.slots - 2;
    const std::int64_t slot = code == kMissingLevel ? rare + 1 : code < 0 ? rare : fit.slots[code];
    if (block.kind == InputKind::code) {
      *to = static_cast<float>(slot);
      continue;
    }
    std::fill_n(to, block.width, 0.0f);
    const bool learnt = slot == rare ? fit.rare_seen : slot == rare + 1 ? fit.missing_seen : true;
    if (learnt) to[slot] = 1;
  }
}

void encode_rows(const Preprocess& preprocess, const Dataset& dataset, std::span<const std::int64_t> rows,
                 std::span<float> out) {
  const std::int64_t width = input_width(preprocess.facts);
  const std::int64_t numeric = kept_columns(preprocess.facts, "numeric");
  const std::int64_t nominal = kept_columns(preprocess.facts, "nominal");
  assert(out.size() == rows.size() * static_cast<std::size_t>(width));
  const TableEncoder table(preprocess);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    float* to = out.data() + static_cast<std::int64_t>(i) * width;
    if (!dataset.image().empty()) {
      encode_image(preprocess, dataset.image().data() + rows[i] * width, to);
    } else {
      table.encode(dataset.numeric().data() + rows[i] * numeric, dataset.nominal().data() + rows[i] * nominal, to);
    }
  }
}

void encode_pixels(const Preprocess& preprocess, std::span<const std::uint8_t> raw, std::int64_t rows,
                   std::span<float> out) {
  const std::int64_t width = input_width(preprocess.facts);
  assert(raw.size() == static_cast<std::size_t>(rows * width) && out.size() == raw.size());
  for (std::int64_t row = 0; row < rows; ++row) {
    encode_image(preprocess, raw.data() + row * width, out.data() + row * width);
  }
}

}  // namespace hone
