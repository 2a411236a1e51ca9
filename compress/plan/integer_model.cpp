#include "compress/plan/integer_model.h"

#include <algorithm>
#include <limits>

#include "compress/plan/float_reference.h"
#include "compress/plan/fold.h"
#include "core/error.h"

namespace hone {
namespace {

const Array& tensor(const ModelArtifact& artifact, const std::string& name, DType type, std::int64_t count) {
  const auto found = artifact.tensors.find(name);
  if (found == artifact.tensors.end()) throw Error("model::bad-tensor", "the model has no tensor `" + name + "`");
  if (found->second.type != type || found->second.count() != count) {
    throw Error("model::bad-tensor", "tensor `" + name + "` has the wrong type or size");
  }
  return found->second;
}

EdgeScale read_edge(const ModelArtifact& artifact, const std::string& name) {
  EdgeScale edge;
  edge.scale = tensor(artifact, "edge/" + name + "/scale", DType::f32, 1).as<float>()[0];
  edge.zero_point = tensor(artifact, "edge/" + name + "/zero_point", DType::i32, 1).as<std::int32_t>()[0];
  if (!(edge.scale > 0) || edge.scale > std::numeric_limits<float>::max() || edge.zero_point < 0 ||
      edge.zero_point > 255) {
    throw Error("model::bad-tensor", "edge `" + name + "` needs a scale > 0 and a zero point from 0 to 255");
  }
  return edge;
}

/// Columns of one output: in/groups · kernel² or the inputs of a linear layer.
std::int64_t columns(const PlanStep& step, const PlanEdge& in) {
  if (step.layer.op == "linear") return in.count();
  return in.channels / step.layer.groups * step.layer.kernel * step.layer.kernel;
}

void fill_dot(IntegerStep& step, const ModelArtifact& artifact, const IntegerModel& model) {
  const LayerSpec& layer = step.plan.layer;
  const PlanEdge& in = model.plan.edges[step.plan.in.front()];
  const std::int64_t each = columns(step.plan, in);
  if (each * 255 * 127 > std::numeric_limits<std::int32_t>::max()) {
    throw Error("model::unsupported", "layer `" + layer.name + "`: sums of " + std::to_string(each) +
                                          " products do not fit 32 bits; int8 layers have at most 66311");
  }
  const auto weight = tensor(artifact, layer.name + "/weight", DType::s8, layer.out * each).as<std::int8_t>();
  const auto scale = tensor(artifact, layer.name + "/scale", DType::f32, layer.out).as<float>();
  step.weight.assign(weight.begin(), weight.end());
  const float in_scale = model.scales[step.plan.in.front()].scale;
  const float out_scale = step.real_output ? 1.0F : model.scales[step.plan.out].scale;
  for (std::int64_t o = 0; o < layer.out; ++o) {
    const float bias = layer.bias ? tensor(artifact, layer.name + "/bias", DType::f32, layer.out).as<float>()[o] : 0.0F;
    step.multiplier.push_back(in_scale * scale[o] / out_scale);
    step.bias.push_back(bias / out_scale);
  }
}

/// Value of every u8 code after the step, quantised: exact for any function of one value.
void fill_table(IntegerStep& step, const ModelArtifact& artifact, const IntegerModel& model) {
  const EdgeScale in = model.scales[step.plan.in.front()];
  const EdgeScale out = model.scales[step.plan.out];
  ChannelAffine affine;
  if (step.plan.kind == StepKind::affine) affine = batchnorm_affine(artifact.tensors, step.plan.layer.name);
  const std::size_t tables = std::max<std::size_t>(affine.scale.size(), 1);
  for (std::size_t c = 0; c < tables; ++c) {
    for (int q = 0; q < 256; ++q) {
      const float x = real_value(static_cast<std::uint8_t>(q), in);
      const double y = affine.scale.empty() ? activation_value(step.plan.layer.op, x)
                                            : double{affine.scale[c]} * x + double{affine.shift[c]};
      step.table.push_back(quantize_value(static_cast<float>(y), out));
    }
  }
}

}  // namespace

bool has_real_output(const ExecutionPlan& plan) {
  for (const PlanStep& step : plan.steps) {
    if (std::find(step.in.begin(), step.in.end(), plan.output) != step.in.end()) return false;
  }
  const PlanEdge& output = plan.edges[plan.output];
  if (plan.output == 0 || output.height * output.width != 1) return false;
  const PlanStep& last = plan.steps[plan.output - 1];
  return last.kind == StepKind::dot && !last.relu;
}

std::vector<std::size_t> scaled_edges(const ExecutionPlan& plan) {
  std::vector<std::size_t> edges = {0};
  const bool real_output = has_real_output(plan);
  for (const PlanStep& step : plan.steps) {
    const bool keeps_scale =
        step.kind == StepKind::maxpool || step.kind == StepKind::avgpool || step.kind == StepKind::flatten;
    if (!keeps_scale && !(real_output && step.out == plan.output)) edges.push_back(step.out);
  }
  return edges;
}

bool is_quantized(const ModelSpec& spec) {
  return std::any_of(spec.layers.begin(), spec.layers.end(), [](const LayerSpec& l) { return l.format == "int8"; });
}

IntegerModel make_integer_model(const ModelArtifact& artifact) {
  for (const LayerSpec& layer : artifact.model.layers) {
    if ((layer.op == "linear" || layer.op == "conv2d") && layer.format != "int8") {
      throw Error("model::unsupported",
                  "layer `" + layer.name + "` is " + layer.format + " in an int8 model; no kernel of ours mixes them");
    }
  }
  IntegerModel model;
  model.plan = make_execution_plan(artifact.model);
  model.scales.resize(model.plan.edges.size());
  for (const std::size_t edge : scaled_edges(model.plan)) {
    model.scales[edge] = read_edge(artifact, model.plan.edges[edge].name);
  }
  for (const PlanStep& plan : model.plan.steps) {
    IntegerStep step;
    step.plan = plan;
    step.real_output = plan.out == model.plan.output && has_real_output(model.plan);
    if (plan.kind == StepKind::dot) {
      fill_dot(step, artifact, model);
    } else if (plan.kind == StepKind::affine || plan.kind == StepKind::activation) {
      fill_table(step, artifact, model);
    } else if (plan.kind == StepKind::add) {
      for (const std::size_t in : plan.in) {
        step.input_multiplier.push_back(model.scales[in].scale / model.scales[plan.out].scale);
      }
    } else {
      model.scales[plan.out] = model.scales[plan.in.front()];
    }
    model.steps.push_back(std::move(step));
  }
  return model;
}

}  // namespace hone
