#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compress/plan/execution_plan.h"
#include "compress/plan/quantization.h"
#include "trainers/artifact/model_artifact.h"

namespace hone {

/// A step of a quantised model with its numbers (compress.md §6); what a kind does not use stays empty.
struct IntegerStep {
  PlanStep plan;
  /// dot: s8 [out, in/groups, kernel, kernel] or [out, in], columns in the order [channels, height, width].
  std::vector<std::int8_t> weight;
  /// dot, per output: s_x·s_c/s_y and b/s_y; for a real output s_x·s_c and b.
  std::vector<float> multiplier;
  std::vector<float> bias;
  /// dot that gives the model's output: y = float(acc)·multiplier + bias stays a real number.
  bool real_output = false;
  /// add: s_i/s_y of every input.
  std::vector<float> input_multiplier;
  /// affine and activation: output by input, [256] for all channels or [channels, 256].
  std::vector<std::uint8_t> table;
};

/// A quantised model ready to run: the definition of its arithmetic. maxpool, avgpool and flatten keep the scale of
/// their input.
struct IntegerModel {
  ExecutionPlan plan;
  /// Scale of every edge; unused for a real output.
  std::vector<EdgeScale> scales;
  std::vector<IntegerStep> steps;
};

/// Edges whose scale must be known: the input and what dot, affine, activation and add steps give, but a real output.
std::vector<std::size_t> scaled_edges(const ExecutionPlan& plan);
/// The output is the real sum of a dot step (a vector: maps are quantised).
bool has_real_output(const ExecutionPlan& plan);

/// All linear and conv2d layers must be int8. Throws Error("model::unsupported") where they are mixed and
/// Error("model::bad-tensor") for a missing scale.
IntegerModel make_integer_model(const ModelArtifact& artifact);

/// Whether any layer of the model is int8.
bool is_quantized(const ModelSpec& spec);

}  // namespace hone
