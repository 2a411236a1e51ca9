#pragma once

#include <cstdint>

#include "configs/model_spec.h"

namespace hone {

/// Work of one row on our int8 kernels, in vector operations: dot products in blocks of 16 outputs and 4 inputs, as the
/// kernels pad them, plus what writing and reading the maps costs. A model, not a measurement: it ranks widths, the
/// verdict is measured.
double kernel_cost(const ModelSpec& spec);

/// Estimated bytes of weights.h5 when all linear and conv2d layers are int8 and BatchNorm is folded.
std::int64_t int8_bytes(const ModelSpec& spec);

}  // namespace hone
