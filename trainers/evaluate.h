#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "datasets/tensor/tensor_data.h"
#include "trainers/build_model.h"

namespace hone {

/// Outputs of the model in evaluation mode for all rows, float32 [rows, outputs], without gradients.
at::Tensor outputs_of(const Model& model, const TensorData& data, std::int64_t batch_rows = 1024);

/// One metric by bare name (core/metrics). `outputs` are logits, or standardised values [rows, 1]; `loss` is the mean
/// cross-entropy or the mean squared error of standardised values, the others are in the target's own unit, of
/// predictions held within the range of the training targets. Nothing where it is undefined (`auc` on rows of one
/// class). Throws Error("trainer::unknown-metric") for one of another task.
std::optional<double> metric_of(const at::Tensor& outputs, const TensorData& data, std::string_view name);

/// Throws Error("trainer::unknown-metric") unless the metric of that bare name judges the task.
void require_metric(std::string_view name, bool classification);

/// All metrics of the task, those left out that are undefined on these rows.
std::map<std::string, double> metrics_of(const at::Tensor& outputs, const TensorData& data);

}  // namespace hone
