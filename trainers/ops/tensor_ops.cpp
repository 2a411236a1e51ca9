#include "trainers/ops/tensor_ops.h"

#include <torch/torch.h>

#include "core/error.h"

namespace hone {
namespace {

using Tensors = std::span<const at::Tensor>;

at::Tensor linear(const LayerSpec&, Tensors in, Tensors own, const ForwardMode&) {
  return own[1].defined() ? at::addmm(own[1], in[0], own[0].t()) : at::mm(in[0], own[0].t());
}

at::Tensor conv2d(const LayerSpec& layer, Tensors in, Tensors own, const ForwardMode&) {
  return at::conv2d(in[0], own[0], own[1], layer.stride, layer.pad, /*dilation=*/1, layer.groups);
}

at::Tensor batchnorm(const LayerSpec&, Tensors in, Tensors own, const ForwardMode& mode) {
  return at::batch_norm(in[0], own[0], own[1], own[2], own[3], mode.training, kNormMomentum, kNormEpsilon,
                        /*cudnn_enabled=*/true);
}

at::Tensor relu(const LayerSpec&, Tensors in, Tensors, const ForwardMode&) { return at::relu(in[0]); }
at::Tensor gelu(const LayerSpec&, Tensors in, Tensors, const ForwardMode&) { return at::gelu(in[0]); }
at::Tensor silu(const LayerSpec&, Tensors in, Tensors, const ForwardMode&) { return at::silu(in[0]); }
at::Tensor tanh(const LayerSpec&, Tensors in, Tensors, const ForwardMode&) { return at::tanh(in[0]); }

at::Tensor maxpool(const LayerSpec& layer, Tensors in, Tensors, const ForwardMode&) {
  return at::max_pool2d(in[0], layer.kernel, layer.stride, layer.pad);
}

at::Tensor avgpool(const LayerSpec& layer, Tensors in, Tensors, const ForwardMode&) {
  return at::avg_pool2d(in[0], layer.kernel, layer.stride);
}

at::Tensor global_avgpool(const LayerSpec&, Tensors in, Tensors, const ForwardMode&) { return in[0].mean({2, 3}); }

at::Tensor flatten(const LayerSpec&, Tensors in, Tensors, const ForwardMode&) { return in[0].flatten(1); }

at::Tensor dropout(const LayerSpec& layer, Tensors in, Tensors, const ForwardMode& mode) {
  if (!mode.training) return in[0];
  const double keep = 1 - layer.rate;
  return in[0] * at::empty_like(in[0]).bernoulli_(keep, mode.dropout).div_(keep);
}

at::Tensor add(const LayerSpec&, Tensors in, Tensors, const ForwardMode&) {
  at::Tensor sum = in[0] + in[1];
  for (const at::Tensor& next : in.subspan(2)) sum = sum + next;
  return sum;
}

at::Tensor slice(const LayerSpec& layer, Tensors in, Tensors, const ForwardMode&) {
  return in[0].narrow(1, layer.first, layer.out);
}

at::Tensor concat(const LayerSpec&, Tensors in, Tensors, const ForwardMode&) {
  return at::cat(at::TensorList(in.data(), in.size()), 1);
}

/// Codes beyond the table, which no encoder of ours writes, take its last row.
at::Tensor embedding(const LayerSpec& layer, Tensors in, Tensors own, const ForwardMode&) {
  const at::Tensor codes = in[0].select(1, layer.first).detach().to(at::kLong).clamp(0, layer.slots - 1);
  return at::embedding(own[0], codes);
}

constexpr TensorOp kTensorOps[] = {
    {"linear", linear},   {"conv2d", conv2d},   {"batchnorm", batchnorm}, {"relu", relu},
    {"gelu", gelu},       {"silu", silu},       {"tanh", tanh},           {"maxpool", maxpool},
    {"avgpool", avgpool}, {"flatten", flatten}, {"dropout", dropout},     {"global_avgpool", global_avgpool},
    {"add", add},         {"slice", slice},     {"concat", concat},       {"embedding", embedding},
};

}  // namespace

std::span<const TensorOp> tensor_ops() { return kTensorOps; }

const TensorOp& tensor_op(std::string_view name) {
  for (const TensorOp& op : kTensorOps) {
    if (op.name == name) return op;
  }
  throw Error("model::unknown-op", "no kernel for the op `" + std::string(name) + "`");
}

}  // namespace hone
