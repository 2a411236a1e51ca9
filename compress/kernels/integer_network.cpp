#include <algorithm>
#include <cassert>

#include "compress/kernels/map_ops.h"
#include "compress/kernels/network.h"
#include "compress/kernels/scratch.h"

namespace hone {
namespace {

/// Weights of a dot step as DotJobU8 wants them.
struct PackedDot {
  std::vector<std::int8_t> weight;
  int dwords = 0;
  std::vector<std::int32_t> start;
  std::vector<float> multiplier;
  std::vector<float> bias;
};

PackedDot pack(const IntegerStep& step, const PlanEdge& in, const DotGeometry& dot, std::int32_t in_zero) {
  const std::vector<std::int8_t> dense = dense_weight(step.plan, in, step.weight.data());
  const std::int64_t outputs = step.plan.layer.out;
  const std::size_t columns = dot.columns.size();
  const std::int64_t blocks = (outputs + kBlock - 1) / kBlock;
  PackedDot packed;
  for (const DotRun& run : dot.runs) packed.dwords += (run.length + 3) / 4;
  packed.weight.resize(static_cast<std::size_t>(blocks * packed.dwords * kBlock * 4));
  packed.start.resize(static_cast<std::size_t>(blocks * kBlock));
  packed.multiplier = step.multiplier;
  packed.bias = step.bias;
  packed.multiplier.resize(packed.start.size());
  packed.bias.resize(packed.start.size());
  for (std::int64_t o = 0; o < outputs; ++o) {
    std::int8_t* block = packed.weight.data() + o / kBlock * packed.dwords * kBlock * 4 + o % kBlock * 4;
    std::size_t column = 0;
    for (const DotRun& run : dot.runs) {
      for (int i = 0; i < run.length; ++i) {
        const std::int8_t value = dense[o * columns + dot.columns[column++]];
        block[i / 4 * kBlock * 4 + i % 4] = value;
        packed.start[o] -= in_zero * value;
      }
      block += (run.length + 3) / 4 * kBlock * 4;
    }
  }
  return packed;
}

class IntegerNetwork final : public Network {
 public:
  IntegerNetwork(const IntegerModel& model, Isa isa)
      : model_(model),
        isa_(isa),
        dot_(dot_u8_kernel(isa)),
        plan_(make_nhwc_plan(model.plan)),
        scratch_(plan_, zeros(model), kRowsAtOnce),
        packed_(plan_.steps.size()) {
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      const IntegerStep& step = model_.steps[plan_.steps[i].step];
      if (step.plan.kind != StepKind::dot) continue;
      const std::size_t in = step.plan.in.front();
      packed_[i] = pack(step, model_.plan.edges[in], plan_.steps[i].dot, model_.scales[in].zero_point);
    }
    real_output_ = has_real_output(model_.plan);
  }

  void run(std::span<const float> input, std::int64_t rows, const InputMap& map, std::span<float> out) override {
    const std::int64_t width = model_.plan.edges.front().count();
    const std::int64_t outputs = model_.plan.edges[model_.plan.output].count();
    for (std::int64_t first = 0; first < rows; first += kRowsAtOnce) {
      const std::int64_t count = std::min(kRowsAtOnce, rows - first);
      for (std::int64_t row = 0; row < count; ++row) {
        map.write(input.data() + (first + row) * width, scratch_.map(0, row));
      }
      float* target = out.data() + first * outputs;
      for (std::size_t i = 0; i < plan_.steps.size(); ++i) run_step(i, count, target);
      if (!real_output_) read_output(count, target);
    }
  }

  const NhwcEdge& input_edge() const override { return plan_.edges.front(); }
  EdgeScale input_scale() const override { return model_.scales.front(); }
  std::string engine() const override { return dot_u8_name(isa_); }

 private:
  static std::vector<std::uint8_t> zeros(const IntegerModel& model) {
    std::vector<std::uint8_t> zeros;
    for (const EdgeScale& scale : model.scales) zeros.push_back(static_cast<std::uint8_t>(scale.zero_point));
    return zeros;
  }

  void run_step(std::size_t index, std::int64_t rows, float* real_out) {
    const NhwcStep& laid = plan_.steps[index];
    const IntegerStep& step = model_.steps[laid.step];
    if (step.plan.kind == StepKind::dot) return run_dot(index, rows, real_out);
    for (std::int64_t row = 0; row < rows; ++row) run_map(laid, step, row);
  }

  void run_dot(std::size_t index, std::int64_t rows, float* real_out) {
    const NhwcStep& laid = plan_.steps[index];
    const IntegerStep& step = model_.steps[laid.step];
    const PackedDot& packed = packed_[index];
    DotJobU8 job;
    job.places = scratch_.places(index, rows, step.plan.layer.out);
    job.input = scratch_.map(laid.in);
    job.weight = packed.weight.data();
    job.weight_dwords = packed.dwords;
    job.start = packed.start.data();
    job.multiplier = packed.multiplier.data();
    job.bias = packed.bias.data();
    job.zero_point = model_.scales[laid.out].zero_point;
    job.floor = step.plan.relu ? job.zero_point : 0;
    step.real_output ? void(job.real_out = real_out) : void(job.out = scratch_.map(laid.out));
    dot_(job);
  }

  void run_map(const NhwcStep& laid, const IntegerStep& step, std::int64_t row) {
    const NhwcEdge& in = plan_.edges[laid.in];
    const NhwcEdge& out = plan_.edges[laid.out];
    const std::uint8_t* x = scratch_.map(laid.in, row);
    std::uint8_t* y = scratch_.map(laid.out, row);
    const std::int32_t zero = model_.scales[laid.out].zero_point;
    switch (step.plan.kind) {
      case StepKind::maxpool:
        return max_pool(step.plan.layer, in, x, out, y);
      case StepKind::avgpool:
        return average_pool(step.plan.layer, in, x, out, y, zero);
      case StepKind::flatten:
        return flatten_map(in, x, y);
      case StepKind::add:
        return add_maps(terms(step, row), out, y, zero, step.plan.relu ? zero : 0);
      default:
        return look_up(step.table, in, x, out, y);
    }
  }

  std::vector<Term<std::uint8_t>> terms(const IntegerStep& step, std::int64_t row) {
    std::vector<Term<std::uint8_t>> terms;
    for (std::size_t k = 0; k < step.plan.in.size(); ++k) {
      const std::size_t edge = step.plan.in[k];
      terms.push_back(
          {&plan_.edges[edge], scratch_.map(edge, row), step.input_multiplier[k], model_.scales[edge].zero_point});
    }
    return terms;
  }

  /// An output that is no real sum is read back from its codes, in the order [channels, height, width].
  void read_output(std::int64_t rows, float* out) {
    const std::size_t edge = model_.plan.output;
    std::vector<std::uint8_t> codes(static_cast<std::size_t>(model_.plan.edges[edge].count()));
    for (std::int64_t row = 0; row < rows; ++row) {
      flatten_map(plan_.edges[edge], scratch_.map(edge, row), codes.data());
      for (const std::uint8_t code : codes) *out++ = real_value(code, model_.scales[edge]);
    }
  }

  IntegerModel model_;
  Isa isa_;
  DotU8 dot_;
  NhwcPlan plan_;
  Scratch<std::uint8_t> scratch_;
  std::vector<PackedDot> packed_;
  bool real_output_ = true;
};

}  // namespace

std::unique_ptr<Network> make_integer_network(const IntegerModel& model, Isa isa) {
  return std::make_unique<IntegerNetwork>(model, isa);
}

}  // namespace hone
