#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compress/kernels/nhwc_plan.h"
#include "compress/plan/quantization.h"
#include "datasets/preprocess.h"

namespace hone {

/// Raw values of a row become a model's input in one pass: y = x·multiplier + shift, a missing value (NaN) counting as
/// `missing`. Quantised, the input
/// is u8 in the same pass: preprocessing costs nothing of its own. Holds scratch space: one thread an object.
class InputMap {
 public:
  /// For raw values: (x − mean)/spread of the preprocessing, per channel of an image or per column.
  InputMap(const Preprocess& preprocess, const NhwcEdge& input);
  /// For values already encoded.
  explicit InputMap(const NhwcEdge& input);
  /// The same map with the scale of the input edge in its numbers, for the u8 write: encoded values become exactly
  /// quantize_value, raw ones lie within one step of it, because the two scales are applied as one.
  InputMap quantized(EdgeScale scale) const;

  /// Writes one row in the layout of the input edge; its halo is left alone.
  void write(const float* x, float* y) const;
  void write(const float* x, std::uint8_t* y) const;

 private:
  template <class T>
  void scatter(const T* values, T* y) const;

  NhwcEdge input_;
  bool encoded_ = false;
  EdgeScale scale_;
  /// One number a value of the row, in the order [channels, height, width].
  std::vector<float> multiplier_;
  std::vector<float> shift_;
  std::vector<float> missing_;
  mutable std::vector<float> reals_;
  mutable std::vector<std::uint8_t> codes_;
};

}  // namespace hone
