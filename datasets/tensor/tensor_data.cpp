#include "datasets/tensor/tensor_data.h"

#include <torch/torch.h>

namespace hone {
namespace {

at::Tensor channel_tensor(const std::vector<float>& values) {
  const auto channels = static_cast<std::int64_t>(values.size());
  return torch::tensor(values, at::kFloat).view({channels, 1, 1});
}

/// Raw pixels of the rows, uint8 [rows, channels, height, width].
at::Tensor pixels_of(const Dataset& dataset, std::span<const std::int64_t> rows) {
  const std::vector<std::int64_t>& shape = dataset.facts().shape;
  const std::int64_t size = shape[0] * shape[1] * shape[2];
  at::Tensor pixels =
      at::empty({static_cast<std::int64_t>(rows.size()), shape[0], shape[1], shape[2]}, at::TensorOptions(at::kByte));
  auto* out = pixels.data_ptr<std::uint8_t>();
  for (std::int64_t row : rows) {
    const auto source = dataset.image().subspan(static_cast<std::size_t>(row * size), static_cast<std::size_t>(size));
    out = std::copy(source.begin(), source.end(), out);
  }
  return pixels;
}

at::Tensor encoded_rows(const Preprocess& preprocess, const Dataset& dataset, std::span<const std::int64_t> rows) {
  const std::int64_t width = input_width(preprocess.facts);
  at::Tensor inputs = at::empty({static_cast<std::int64_t>(rows.size()), width}, at::TensorOptions(at::kFloat));
  encode_rows(preprocess, dataset, rows, {inputs.data_ptr<float>(), static_cast<std::size_t>(inputs.numel())});
  return inputs;
}

at::Tensor targets_of(const Preprocess& preprocess, const Dataset& dataset, std::span<const std::int64_t> rows) {
  const auto count = static_cast<std::int64_t>(rows.size());
  if (preprocess.facts.task == "classification") {
    at::Tensor classes = at::empty({count}, at::TensorOptions(at::kLong));
    auto* out = classes.data_ptr<std::int64_t>();
    for (std::int64_t row : rows) *out++ = dataset.classes()[static_cast<std::size_t>(row)];
    return classes;
  }
  at::Tensor values = at::empty({count}, at::TensorOptions(at::kFloat));
  auto* out = values.data_ptr<float>();
  for (std::int64_t row : rows) {
    const double value = dataset.values()[static_cast<std::size_t>(row)];
    *out++ = static_cast<float>((value - preprocess.target_mean) / preprocess.target_spread);
  }
  return values;
}

}  // namespace

at::Tensor TensorData::standardised(const at::Tensor& raw) const {
  if (!mean.defined()) return raw;
  return raw.to(at::kFloat).sub_(mean).div_(spread);
}

at::Tensor TensorData::gather(const at::Tensor& index) const { return standardised(inputs.index_select(0, index)); }

at::Tensor TensorData::slice(std::int64_t first, std::int64_t last) const {
  return standardised(inputs.slice(0, first, last));
}

TensorData make_tensor_data(const Preprocess& preprocess, const Dataset& dataset, std::span<const std::int64_t> rows,
                            c10::Device device) {
  TensorData data;
  if (preprocess.facts.shape.empty()) {
    data.inputs = encoded_rows(preprocess, dataset, rows).to(device);
  } else {
    data.inputs = pixels_of(dataset, rows).to(device);
    data.mean = channel_tensor(preprocess.mean).to(device);
    data.spread = channel_tensor(preprocess.spread).to(device);
  }
  data.targets = targets_of(preprocess, dataset, rows).to(device);
  data.classification = preprocess.facts.task == "classification";
  data.target_mean = preprocess.target_mean;
  data.target_spread = preprocess.target_spread;
  data.target_low = preprocess.target_low;
  data.target_high = preprocess.target_high;
  return data;
}

}  // namespace hone
