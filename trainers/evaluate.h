#pragma once

#include <map>
#include <string>

#include "datasets/tensor/tensor_data.h"
#include "trainers/build_model.h"

namespace hone {

/// Outputs of the model in evaluation mode for all rows, float32 [rows, outputs], without gradients.
at::Tensor outputs_of(const Model& model, const TensorData& data, std::int64_t batch_rows = 1024);

/// Metrics by bare name (core/metrics): classification `loss accuracy balanced_accuracy log_loss`, regression
/// `loss rmse mae r2`. `outputs` are logits, or standardised values [rows, 1]; `loss` is the mean cross-entropy or the
/// mean squared error of standardised values, the others are in the target's own unit.
std::map<std::string, double> metrics_of(const at::Tensor& outputs, const TensorData& data);

}  // namespace hone
