#pragma once

#include <vector>

#include "datasets/array.h"
#include "trainers/build_model.h"
#include "trainers/models/family.h"

namespace hone {

/// AdamW (Loshchilov and Hutter 2019) or SGD with Nesterov momentum by ATen's fused kernels: a step costs a fifth of
/// torch::optim's. Weights decay, biases and norms do not. β₁ is TrainerOptions::momentum, β₂ .999, ε 1e-8.
class Optimizer {
 public:
  Optimizer(const Model& model, const TrainerOptions& options);

  /// One step with gradients in the order of Model::parameters(). Clips their common norm first when asked to.
  void step(std::vector<at::Tensor> gradients, double learning_rate);

  /// Steps done.
  std::int64_t steps() const { return steps_done_; }
  /// Moments by "first/<tensor>" and "second/<tensor>", copied.
  NamedArrays moments() const;
  /// Throws Error("model::no-tensor"), Error("model::bad-shape") when they do not fit.
  void restore(const NamedArrays& moments, std::int64_t steps);

 private:
  /// Tensors that share a weight decay, with their moments.
  struct Group {
    double weight_decay = 0;
    std::vector<std::size_t> positions;
    std::vector<std::string> names;
    std::vector<at::Tensor> parameters;
    std::vector<at::Tensor> first;
    std::vector<at::Tensor> second;
    std::vector<at::Tensor> steps;
  };
  void step_group(Group& group, const std::vector<at::Tensor>& gradients, double learning_rate);

  bool adamw_;
  double momentum_;
  double clip_norm_;
  std::int64_t steps_done_ = 0;
  std::vector<Group> groups_;
};

}  // namespace hone
