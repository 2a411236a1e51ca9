#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "configs/model_spec.h"
#include "datasets/array.h"

namespace hone {

/// Output of every layer by name, and "input": [rows, …] row-major.
using EdgeValues = std::map<std::string, std::vector<float>>;

/// Runs a model of fp32 layers at inference with plain loops, sums in double: slow, and what fast code is tested
/// against.
EdgeValues run_float_reference(const ModelSpec& spec, const NamedArrays& tensors, std::span<const float> input,
                               std::int64_t rows);

/// The value of gelu (exact, by erf), silu, tanh or relu.
double activation_value(const std::string& op, double x);

}  // namespace hone
