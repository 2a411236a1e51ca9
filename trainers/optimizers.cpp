#include "trainers/optimizers.h"

#include <torch/torch.h>

#include "configs/model_ops.h"
#include "core/error.h"
#include "datasets/tensor/array_tensor.h"

namespace hone {
namespace {

constexpr double kSecondBeta = 0.999;
constexpr double kEpsilon = 1e-8;

/// Scales all gradients so that their common Euclidean norm is at most `limit`; no value leaves the device.
void clip_norm(std::vector<at::Tensor>& gradients, double limit) {
  const at::Tensor norm = at::stack(at::_foreach_norm(gradients, 2)).norm();
  const at::Tensor factor = (limit / (norm + 1e-6)).clamp_max(1.0);
  at::_foreach_mul_(gradients, factor);
}

void fill(at::Tensor target, const NamedArrays& arrays, const std::string& name) {
  const auto found = arrays.find(name);
  if (found == arrays.end()) throw Error("model::no-tensor", "the tensor `" + name + "` is missing");
  if (found->second.type != DType::f32 || found->second.shape != target.sizes().vec()) {
    throw Error("model::bad-shape", "the tensor `" + name + "` must be float32 " + shape_text(target.sizes().vec()) +
                                        " (is " + shape_text(found->second.shape) + ")");
  }
  target.copy_(to_tensor(found->second));
}

}  // namespace

Optimizer::Optimizer(const Model& model, const TrainerOptions& options)
    : adamw_(options.optimizer == "adamw"), momentum_(options.momentum), clip_norm_(options.clip_norm) {
  Group decayed;
  decayed.weight_decay = options.weight_decay;
  Group plain;
  std::size_t position = 0;
  for (const NamedTensor& named : model.tensors()) {
    if (!named.learnt) continue;
    Group& group = named.decays ? decayed : plain;
    group.positions.push_back(position++);
    group.names.push_back(named.name);
    group.parameters.push_back(named.tensor);
    if (adamw_ || momentum_ > 0) group.first.push_back(at::zeros_like(named.tensor.detach()));
    if (!adamw_) continue;
    group.second.push_back(at::zeros_like(named.tensor.detach()));
    group.steps.push_back(at::zeros({}, named.tensor.options().requires_grad(false)));
  }
  for (Group* group : {&decayed, &plain}) {
    if (!group->parameters.empty()) groups_.push_back(std::move(*group));
  }
}

void Optimizer::step_group(Group& group, const std::vector<at::Tensor>& all_gradients, double learning_rate) {
  std::vector<at::Tensor> gradients;
  gradients.reserve(group.positions.size());
  // The fused kernels walk flat memory: gradients of channels-last convolutions must come in the parameters' order.
  for (std::size_t position : group.positions) gradients.push_back(all_gradients[position].contiguous());
  if (adamw_) {
    // The fused op reads the step count but does not advance it.
    at::_foreach_add_(group.steps, 1.0);
    at::_fused_adamw_(group.parameters, gradients, group.first, group.second, {}, group.steps, learning_rate, momentum_,
                      kSecondBeta, group.weight_decay, kEpsilon, /*amsgrad=*/false, /*maximize=*/false);
  } else {
    at::_fused_sgd_(group.parameters, gradients, group.first, group.weight_decay, momentum_, learning_rate,
                    /*dampening=*/0, /*nesterov=*/momentum_ > 0, /*maximize=*/false, /*is_first_step=*/false);
  }
}

void Optimizer::step(std::vector<at::Tensor> gradients, double learning_rate) {
  const at::NoGradGuard no_gradients;
  if (clip_norm_ > 0) clip_norm(gradients, clip_norm_);
  for (Group& group : groups_) step_group(group, gradients, learning_rate);
  ++steps_done_;
}

NamedArrays Optimizer::moments() const {
  NamedArrays arrays;
  for (const Group& group : groups_) {
    for (std::size_t i = 0; i < group.names.size(); ++i) {
      if (!group.first.empty()) arrays["first/" + group.names[i]] = to_array(group.first[i]);
      if (!group.second.empty()) arrays["second/" + group.names[i]] = to_array(group.second[i]);
    }
  }
  return arrays;
}

void Optimizer::restore(const NamedArrays& moments, std::int64_t steps) {
  const at::NoGradGuard no_gradients;
  for (Group& group : groups_) {
    for (std::size_t i = 0; i < group.names.size(); ++i) {
      if (!group.first.empty()) fill(group.first[i], moments, "first/" + group.names[i]);
      if (!group.second.empty()) fill(group.second[i], moments, "second/" + group.names[i]);
    }
    for (at::Tensor& count : group.steps) count.fill_(static_cast<double>(steps));
  }
  steps_done_ = steps;
}

}  // namespace hone
