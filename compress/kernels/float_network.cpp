#include <algorithm>

#include "compress/kernels/map_ops.h"
#include "compress/kernels/network.h"
#include "compress/kernels/scratch.h"
#include "compress/plan/float_reference.h"
#include "compress/plan/fold.h"

namespace hone {
namespace {

/// Numbers of a step as the kernels want them.
struct PackedStep {
  std::vector<float> weight;
  std::vector<float> bias;
  ChannelAffine affine;
};

PackedStep pack(const PlanStep& step, const PlanEdge& in, const DotGeometry& dot, const NamedArrays& tensors) {
  const std::string& name = step.layer.name;
  PackedStep packed;
  if (step.kind == StepKind::affine) packed.affine = batchnorm_affine(tensors, name);
  if (step.kind != StepKind::dot) return packed;
  const std::vector<float> dense = dense_weight(step, in, tensors.at(name + "/weight").as<float>().data());
  const std::int64_t outputs = step.layer.out;
  const std::size_t columns = dot.columns.size();
  const std::int64_t blocks = (outputs + kBlock - 1) / kBlock;
  if (step.layer.bias) {
    const std::span<const float> bias = tensors.at(name + "/bias").as<float>();
    packed.bias.assign(bias.begin(), bias.end());
  }
  packed.bias.resize(static_cast<std::size_t>(blocks * kBlock));
  packed.weight.resize(packed.bias.size() * columns);
  for (std::int64_t o = 0; o < outputs; ++o) {
    for (std::size_t i = 0; i < columns; ++i) {
      packed.weight[(o / kBlock * columns + i) * kBlock + o % kBlock] = dense[o * columns + dot.columns[i]];
    }
  }
  return packed;
}

class FloatNetwork final : public Network {
 public:
  FloatNetwork(const ModelSpec& spec, const NamedArrays& tensors, Isa isa)
      : steps_(make_execution_plan(spec)),
        isa_(isa),
        dot_(dot_f32_kernel(isa)),
        plan_(make_nhwc_plan(steps_)),
        scratch_(plan_, std::vector<float>(plan_.edges.size(), 0.0F), kRowsAtOnce) {
    for (const NhwcStep& laid : plan_.steps) {
      const PlanStep& step = steps_.steps[laid.step];
      packed_.push_back(pack(step, steps_.edges[step.in.front()], laid.dot, tensors));
    }
  }

  void run(std::span<const float> input, std::int64_t rows, const InputMap& map, std::span<float> out) override {
    const std::int64_t width = steps_.edges.front().count();
    const std::int64_t outputs = steps_.edges[steps_.output].count();
    for (std::int64_t first = 0; first < rows; first += kRowsAtOnce) {
      const std::int64_t count = std::min(kRowsAtOnce, rows - first);
      for (std::int64_t row = 0; row < count; ++row) {
        map.write(input.data() + (first + row) * width, scratch_.map(0, row));
      }
      for (std::size_t i = 0; i < plan_.steps.size(); ++i) run_step(i, count);
      for (std::int64_t row = 0; row < count; ++row) {
        flatten_map(plan_.edges[steps_.output], scratch_.map(steps_.output, row), out.data() + (first + row) * outputs);
      }
    }
  }

  const NhwcEdge& input_edge() const override { return plan_.edges.front(); }
  std::string engine() const override { return dot_f32_name(isa_); }

 private:
  void run_step(std::size_t index, std::int64_t rows) {
    const NhwcStep& laid = plan_.steps[index];
    const PlanStep& step = steps_.steps[laid.step];
    if (step.kind != StepKind::dot) {
      for (std::int64_t row = 0; row < rows; ++row) run_map(index, step, row);
      return;
    }
    DotJobF32 job;
    job.places = scratch_.places(index, rows, step.layer.out);
    job.input = scratch_.map(laid.in);
    job.weight = packed_[index].weight.data();
    job.weight_columns = static_cast<int>(laid.dot.columns.size());
    job.bias = packed_[index].bias.data();
    job.relu = step.relu;
    job.out = scratch_.map(laid.out);
    dot_(job);
  }

  void run_map(std::size_t index, const PlanStep& step, std::int64_t row) {
    const NhwcStep& laid = plan_.steps[index];
    const NhwcEdge& in = plan_.edges[laid.in];
    const NhwcEdge& out = plan_.edges[laid.out];
    const float* x = scratch_.map(laid.in, row);
    float* y = scratch_.map(laid.out, row);
    switch (step.kind) {
      case StepKind::maxpool:
        return max_pool(step.layer, in, x, out, y);
      case StepKind::avgpool:
        return average_pool(step.layer, in, x, out, y);
      case StepKind::flatten:
        return flatten_map(in, x, y);
      case StepKind::add:
        return add_maps(terms(step, row), out, y, step.relu);
      default:
        return elementwise(step, packed_[index].affine, in, x, out, y);
    }
  }

  static void elementwise(const PlanStep& step, const ChannelAffine& affine, const NhwcEdge& in, const float* x,
                          const NhwcEdge& out, float* y) {
    for (std::int64_t row = 0; row < in.height; ++row) {
      const float* source = x + in.offset(row, 0);
      float* target = y + out.offset(row, 0);
      for (std::int64_t i = 0; i < in.width * in.channels; ++i) {
        const std::int64_t c = i % in.channels;
        target[i] = step.kind == StepKind::affine ? source[i] * affine.scale[c] + affine.shift[c]
                                                  : static_cast<float>(activation_value(step.layer.op, source[i]));
      }
    }
  }

  std::vector<Term<float>> terms(const PlanStep& step, std::int64_t row) {
    std::vector<Term<float>> terms;
    for (const std::size_t edge : step.in) terms.push_back({&plan_.edges[edge], scratch_.map(edge, row), 1, 0});
    return terms;
  }

  ExecutionPlan steps_;
  Isa isa_;
  DotF32 dot_;
  NhwcPlan plan_;
  Scratch<float> scratch_;
  std::vector<PackedStep> packed_;
};

}  // namespace

std::unique_ptr<Network> make_float_network(const ModelSpec& spec, const NamedArrays& tensors, Isa isa) {
  return std::make_unique<FloatNetwork>(spec, tensors, isa);
}

}  // namespace hone
