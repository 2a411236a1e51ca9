#pragma once

#include <ATen/core/Tensor.h>

#include <limits>
#include <span>

#include "datasets/preprocess.h"

namespace hone {

/// Rows of a data set on a device, ready to train and to evaluate. Images stay uint8 and are cast and standardised
/// after a batch was gathered: a quarter of the memory, the same numbers as encode_rows.
struct TensorData {
  /// Encoded float32 [rows, …], or raw uint8 [rows, channels, height, width] with `mean` and `spread`.
  at::Tensor inputs;
  /// int64 [rows] codes, or float32 [rows] standardised values.
  at::Tensor targets;
  /// float32 [channels, 1, 1]; undefined when `inputs` are encoded.
  at::Tensor mean;
  at::Tensor spread;
  bool classification = true;
  /// Undo the standardisation of a regression's target: value · target_spread + target_mean.
  double target_mean = 0;
  double target_spread = 1;
  /// Predictions are held within these, as Preprocess says.
  double target_low = -std::numeric_limits<double>::infinity();
  double target_high = std::numeric_limits<double>::infinity();

  std::int64_t rows() const { return inputs.size(0); }
  /// Encoded float32 inputs of the rows that `index`, int64 [n], names.
  at::Tensor gather(const at::Tensor& index) const;
  /// Encoded float32 inputs of rows first … last − 1.
  at::Tensor slice(std::int64_t first, std::int64_t last) const;
  /// Raw pixels as float32, standardised; what is encoded already stays as it is.
  at::Tensor standardised(const at::Tensor& raw) const;
  /// All rows as one encoded float32 tensor.
  at::Tensor encoded() const { return slice(0, rows()); }
};

/// The given rows of a data set on a device.
TensorData make_tensor_data(const Preprocess& preprocess, const Dataset& dataset, std::span<const std::int64_t> rows,
                            c10::Device device = c10::kCPU);

}  // namespace hone
