#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "configs/model_spec.h"

namespace hone {

/// A value that flows between steps. Edge 0 is the model's input; others bear the name of the last layer in them.
struct PlanEdge {
  std::string name;
  /// [channels, height, width]; a vector of features is [features, 1, 1].
  std::int64_t channels = 1;
  std::int64_t height = 1;
  std::int64_t width = 1;

  std::int64_t count() const { return channels * height * width; }
};

enum class StepKind {
  dot,         ///< linear or conv2d
  affine,      ///< BatchNorm that could not be folded
  activation,  ///< relu that could not be fused, gelu, silu, tanh
  maxpool,
  avgpool,  ///< also global_avgpool
  add,
  flatten,  ///< a copy into the order [channels, height, width]; most flattens need none
};

struct PlanStep {
  StepKind kind = StepKind::dot;
  /// The layer with the attributes; its name finds the tensors.
  LayerSpec layer;
  /// A ReLU follows (dot, add) and is part of the step.
  bool relu = false;
  std::vector<std::size_t> in;
  std::size_t out = 0;
};

/// A model as an engine runs it: ReLU fused into its producer, dropout gone, flatten gone where a linear layer can read
/// the map itself. Shared by the integer reference, the quantiser and the kernels, so that they agree on the edges.
struct ExecutionPlan {
  std::vector<PlanEdge> edges;
  std::vector<PlanStep> steps;
  std::size_t output = 0;
};

/// First layer whose op our engines do not run (slice, concat, embedding); null when they run the whole model.
const LayerSpec* layer_without_kernel(const ModelSpec& spec);

/// `spec` with BatchNorm folded (compress/plan/fold.h) where it can be. Throws Error("model::unsupported") naming an op
/// that no engine of ours runs.
ExecutionPlan make_execution_plan(const ModelSpec& spec);

}  // namespace hone
