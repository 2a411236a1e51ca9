#pragma once

#include <span>
#include <vector>

#include "compress/plan/integer_model.h"

namespace hone {

/// Values of every edge, u8 [rows, channels, height, width], and the model's output as real numbers [rows, outputs].
struct IntegerResult {
  std::vector<std::vector<std::uint8_t>> edges;
  std::vector<float> output;
};

/// The slow exact executor of compress.md §6 on plain loops: what every kernel is compared with (§9).
/// `input` [rows, channels·height·width] quantised by the scale of edge 0.
IntegerResult run_integer_reference(const IntegerModel& model, std::span<const std::uint8_t> input, std::int64_t rows);

/// Quantises real inputs by the scale of edge 0.
std::vector<std::uint8_t> quantize_input(const IntegerModel& model, std::span<const float> input);

}  // namespace hone
