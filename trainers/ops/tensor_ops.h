#pragma once

#include <span>
#include <string_view>

#include "trainers/build_model.h"

namespace hone {

/// BatchNorm's constants; the running statistics move by kNormMomentum a step.
inline constexpr double kNormMomentum = 0.1;
inline constexpr double kNormEpsilon = 1e-5;

/// One row of kTensorOps: the tensor side of an op of configs/model_ops.
struct TensorOp {
  std::string_view name;
  /// `tensors` are weight, bias, running_mean, running_var, undefined where the layer has none.
  at::Tensor (*forward)(const LayerSpec& layer, std::span<const at::Tensor> inputs, std::span<const at::Tensor> tensors,
                        const ForwardMode& mode);
};

std::span<const TensorOp> tensor_ops();
/// The op of that name; every op of configs/model_ops has one.
const TensorOp& tensor_op(std::string_view name);

}  // namespace hone
