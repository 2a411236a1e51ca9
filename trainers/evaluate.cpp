#include "trainers/evaluate.h"

#include <torch/torch.h>

#include "core/error.h"
#include "core/metrics.h"
#include "trainers/losses.h"

namespace hone {
namespace {

template <class T>
std::span<const T> values_of(const at::Tensor& tensor) {
  return {tensor.const_data_ptr<T>(), static_cast<std::size_t>(tensor.numel())};
}

/// Outputs of a model beside what was wanted, as plain numbers on the host.
struct Judged {
  // Classification.
  std::span<const std::int64_t> classes;
  std::span<const std::int64_t> predicted_classes;
  std::span<const double> probabilities;
  std::int64_t k = 0;
  // Regression, in the target's unit.
  std::span<const double> wanted;
  std::span<const double> predicted;
  double loss = 0;
};

struct Judge {
  std::string_view metric;
  std::optional<double> (*judge)(const Judged&);
};
constexpr Judge kJudges[] = {
    {"loss", [](const Judged& j) { return std::optional(j.loss); }},
    {"accuracy", [](const Judged& j) { return std::optional(accuracy(j.classes, j.predicted_classes)); }},
    {"balanced_accuracy",
     [](const Judged& j) { return std::optional(balanced_accuracy(j.classes, j.predicted_classes)); }},
    {"auc", [](const Judged& j) { return auc(j.classes, j.probabilities, j.k); }},
    {"log_loss", [](const Judged& j) { return std::optional(log_loss(j.classes, j.probabilities, j.k)); }},
    {"f1_macro", [](const Judged& j) { return std::optional(f1_macro(j.classes, j.predicted_classes)); }},
    {"brier", [](const Judged& j) { return std::optional(brier(j.classes, j.probabilities, j.k)); }},
    {"ece", [](const Judged& j) { return std::optional(expected_calibration_error(j.classes, j.probabilities, j.k)); }},
    {"rmse", [](const Judged& j) { return std::optional(rmse(j.wanted, j.predicted)); }},
    {"mae", [](const Judged& j) { return std::optional(mae(j.wanted, j.predicted)); }},
    {"r2", [](const Judged& j) { return std::optional(r2(j.wanted, j.predicted)); }},
};

/// Asks the judges of the task that `wants` names.
template <class Wants>
std::map<std::string, double> judge(const at::Tensor& outputs, const TensorData& data, Wants wants) {
  const at::NoGradGuard no_gradients;
  const at::Tensor here = outputs.to(at::kCPU).contiguous();
  const at::Tensor targets = data.targets.to(at::kCPU).contiguous();
  Judged judged;
  judged.loss = label_loss(here, targets, /*label_smoothing=*/0).item<double>();
  at::Tensor first;  // keep alive what the spans show
  at::Tensor second;
  if (data.classification) {
    first = here.argmax(1);
    second = at::softmax(here.to(at::kDouble), 1);
    judged.classes = values_of<std::int64_t>(targets);
    judged.predicted_classes = values_of<std::int64_t>(first);
    judged.probabilities = values_of<double>(second);
    judged.k = here.size(1);
  } else {
    first = here.squeeze(1).to(at::kDouble) * data.target_spread + data.target_mean;
    first.clamp_(data.target_low, data.target_high);
    second = targets.to(at::kDouble) * data.target_spread + data.target_mean;
    judged.predicted = values_of<double>(first);
    judged.wanted = values_of<double>(second);
  }
  std::map<std::string, double> metrics;
  for (const Judge& row : kJudges) {
    const MetricInfo* info = find_metric(row.metric);
    if (!(data.classification ? info->classification : info->regression) || !wants(row.metric)) continue;
    if (const std::optional<double> value = row.judge(judged)) metrics.emplace(row.metric, *value);
  }
  return metrics;
}

}  // namespace

at::Tensor outputs_of(const Model& model, const TensorData& data, std::int64_t batch_rows) {
  const at::NoGradGuard no_gradients;
  std::vector<at::Tensor> outputs;
  for (std::int64_t first = 0; first < data.rows(); first += batch_rows) {
    outputs.push_back(model.forward(data.slice(first, std::min(first + batch_rows, data.rows()))));
  }
  return outputs.size() == 1 ? outputs.front() : at::cat(outputs);
}

std::optional<double> metric_of(const at::Tensor& outputs, const TensorData& data, std::string_view name) {
  require_metric(name, data.classification);
  const auto metrics = judge(outputs, data, [&](std::string_view other) { return other == name; });
  if (metrics.empty()) return std::nullopt;
  return metrics.begin()->second;
}

std::map<std::string, double> metrics_of(const at::Tensor& outputs, const TensorData& data) {
  return judge(outputs, data, [](std::string_view) { return true; });
}

void require_metric(std::string_view name, bool classification) {
  const MetricInfo* metric = find_metric(name);
  if (metric != nullptr && metric->name == name && (classification ? metric->classification : metric->regression)) {
    return;
  }
  throw Error("trainer::unknown-metric", "the trainer does not report the metric `" + std::string(name) + "` for " +
                                             (classification ? "classification" : "regression"));
}

}  // namespace hone
