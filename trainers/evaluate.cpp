#include "trainers/evaluate.h"

#include <torch/torch.h>

#include "core/metrics.h"
#include "trainers/losses.h"

namespace hone {
namespace {

template <class T>
std::span<const T> values_of(const at::Tensor& tensor) {
  return {tensor.const_data_ptr<T>(), static_cast<std::size_t>(tensor.numel())};
}

std::map<std::string, double> class_metrics(const at::Tensor& logits, const at::Tensor& classes) {
  const at::Tensor predicted = logits.argmax(1);
  const at::Tensor probabilities = at::softmax(logits.to(at::kDouble), 1);
  return {
      {"accuracy", accuracy(values_of<std::int64_t>(classes), values_of<std::int64_t>(predicted))},
      {"balanced_accuracy", balanced_accuracy(values_of<std::int64_t>(classes), values_of<std::int64_t>(predicted))},
      {"log_loss", log_loss(values_of<std::int64_t>(classes), values_of<double>(probabilities), logits.size(1))}};
}

std::map<std::string, double> value_metrics(const at::Tensor& outputs, const at::Tensor& targets,
                                            const TensorData& data) {
  const at::Tensor predicted = outputs.squeeze(1).to(at::kDouble) * data.target_spread + data.target_mean;
  const at::Tensor wanted = targets.to(at::kDouble) * data.target_spread + data.target_mean;
  return {{"rmse", rmse(values_of<double>(wanted), values_of<double>(predicted))},
          {"mae", mae(values_of<double>(wanted), values_of<double>(predicted))},
          {"r2", r2(values_of<double>(wanted), values_of<double>(predicted))}};
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

std::map<std::string, double> metrics_of(const at::Tensor& outputs, const TensorData& data) {
  const at::NoGradGuard no_gradients;
  const at::Tensor here = outputs.to(at::kCPU).contiguous();
  const at::Tensor targets = data.targets.to(at::kCPU).contiguous();
  std::map<std::string, double> metrics =
      data.classification ? class_metrics(here, targets) : value_metrics(here, targets, data);
  metrics["loss"] = label_loss(here, targets, /*label_smoothing=*/0).item<double>();
  return metrics;
}

}  // namespace hone
