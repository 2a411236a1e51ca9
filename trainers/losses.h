#pragma once

#include <ATen/core/Tensor.h>

namespace hone {

/// Mean loss of a batch: cross-entropy with label smoothing of int64 codes, or mean squared error of float values.
/// `outputs` [rows, classes] or [rows, 1].
at::Tensor label_loss(const at::Tensor& outputs, const at::Tensor& targets, double label_smoothing);

/// Mean distance to the teacher's outputs: T²·KL(softmax(teacher/T) ‖ softmax(outputs/T)), or for regression the mean
/// squared difference.
at::Tensor teacher_loss(const at::Tensor& outputs, const at::Tensor& teacher, double temperature, bool classification);

}  // namespace hone
