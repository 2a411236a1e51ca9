#include "compress/kernels/input_map.h"

#include <cstring>

#include "compress/kernels/row_ops.h"

namespace hone {

InputMap::InputMap(const NhwcEdge& input)
    : input_(input),
      encoded_(true),
      reals_(static_cast<std::size_t>(input.channels * input.height * input.width)),
      codes_(reals_.size()) {}

InputMap::InputMap(const Preprocess& preprocess, const NhwcEdge& input) : InputMap(input) {
  encoded_ = false;
  const std::size_t positions = preprocess.facts.shape.empty() ? 1 : reals_.size() / preprocess.mean.size();
  for (std::size_t i = 0; i < reals_.size(); ++i) {
    const double mean = preprocess.mean[i / positions];
    const double spread = preprocess.spread[i / positions];
    multiplier_.push_back(static_cast<float>(1 / spread));
    shift_.push_back(static_cast<float>(-mean / spread));
    missing_.push_back(static_cast<float>(mean));
  }
}

InputMap InputMap::quantized(EdgeScale scale) const {
  InputMap map = *this;
  map.scale_ = scale;
  for (float& multiplier : map.multiplier_) multiplier = static_cast<float>(double{multiplier} / scale.scale);
  for (float& shift : map.shift_) shift = static_cast<float>(double{shift} / scale.scale);
  return map;
}

template <class T>
void InputMap::scatter(const T* values, T* y) const {
  const std::int64_t positions = input_.height * input_.width;
  for (std::int64_t row = 0; row < input_.height; ++row) {
    T* target = y + input_.offset(row, 0);
    const T* source = values + row * input_.width;
    if (input_.channels == 1) {
      std::memcpy(target, source, static_cast<std::size_t>(input_.width) * sizeof(T));
      continue;
    }
    for (std::int64_t c = 0; c < input_.channels; ++c) {
      for (std::int64_t x = 0; x < input_.width; ++x) target[x * input_.channels + c] = source[c * positions + x];
    }
  }
}

void InputMap::write(const float* x, float* y) const {
  if (encoded_) return scatter(x, y);
  map_values(x, multiplier_.data(), shift_.data(), missing_.data(), reals_.size(), reals_.data());
  scatter(reals_.data(), y);
}

void InputMap::write(const float* x, std::uint8_t* y) const {
  if (encoded_) {
    divide_values(x, scale_.scale, reals_.size(), reals_.data());
  } else {
    map_values(x, multiplier_.data(), shift_.data(), missing_.data(), reals_.size(), reals_.data());
  }
  round_values(reals_.data(), scale_.zero_point, 0, reals_.size(), codes_.data());
  scatter(codes_.data(), y);
}

}  // namespace hone
