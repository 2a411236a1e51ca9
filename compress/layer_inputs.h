#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

#include "trainers/build_model.h"

namespace hone {

/// Output of every layer by name, and "input", for some rows at inference.
using LayerValues = std::map<std::string, at::Tensor>;
LayerValues layer_values(const Model& model, const at::Tensor& inputs);

/// What a linear or conv2d (without groups) multiplies: [rows or rows · positions, columns] fp64, columns in the order
/// of its weight.
at::Tensor unfolded_input(const LayerSpec& layer, const at::Tensor& input);
/// Its output in the same rows: [rows or rows · positions, out] fp64.
at::Tensor unfolded_output(const at::Tensor& output);

}  // namespace hone
