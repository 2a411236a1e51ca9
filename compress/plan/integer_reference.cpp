#include "compress/plan/integer_reference.h"

#include <algorithm>

namespace hone {
namespace {

/// Walks the positions of a kernel's window that lie inside the map.
template <class Visit>
void for_window(const LayerSpec& layer, const PlanEdge& in, std::int64_t y, std::int64_t x, Visit visit) {
  for (std::int64_t ky = 0; ky < layer.kernel; ++ky) {
    for (std::int64_t kx = 0; kx < layer.kernel; ++kx) {
      const std::int64_t iy = y * layer.stride + ky - layer.pad;
      const std::int64_t ix = x * layer.stride + kx - layer.pad;
      if (iy >= 0 && ix >= 0 && iy < in.height && ix < in.width) visit(ky, kx, iy * in.width + ix);
    }
  }
}

class Row {
 public:
  Row(const IntegerModel& model, const IntegerStep& step, IntegerResult& result, std::size_t row)
      : model_(model),
        step_(step),
        layer_(step.plan.layer),
        result_(result),
        row_(row),
        in_(model.plan.edges[step.plan.in.front()]),
        out_(model.plan.edges[step.plan.out]),
        in_zero_(model.scales[step.plan.in.front()].zero_point),
        out_zero_(model.scales[step.plan.out].zero_point) {}

  void run() {
    for (std::int64_t c = 0; c < out_.channels; ++c) {
      for (std::int64_t y = 0; y < out_.height; ++y) {
        for (std::int64_t x = 0; x < out_.width; ++x) place(c, y, x);
      }
    }
  }

 private:
  void place(std::int64_t c, std::int64_t y, std::int64_t x) {
    const std::size_t target = (c * out_.height + y) * out_.width + x;
    if (step_.plan.kind == StepKind::dot) {
      const std::int32_t acc = layer_.op == "linear" ? linear_sum(c) : conv_sum(c, y, x);
      if (step_.real_output) {
        const float scaled = static_cast<float>(acc) * step_.multiplier[c];
        result_.output[row_ * out_.count() + target] = scaled + step_.bias[c];
        return;
      }
      output(target) = requantize(acc, {step_.multiplier[c], step_.bias[c], out_zero_, floor()});
    } else if (step_.plan.kind == StepKind::maxpool) {
      output(target) = largest(c, y, x);
    } else if (step_.plan.kind == StepKind::avgpool) {
      output(target) = average(c, y, x);
    } else {
      output(target) = elementwise(c, target);
    }
  }

  std::int32_t linear_sum(std::int64_t c) const {
    std::int32_t acc = 0;
    const std::int64_t columns = in_.count();
    for (std::int64_t i = 0; i < columns; ++i) acc += (input(i) - in_zero_) * step_.weight[c * columns + i];
    return acc;
  }

  std::int32_t conv_sum(std::int64_t c, std::int64_t y, std::int64_t x) const {
    const std::int64_t in_each = in_.channels / layer_.groups;
    const std::int64_t first = c / (layer_.out / layer_.groups) * in_each;
    const std::int64_t positions = in_.height * in_.width;
    std::int32_t acc = 0;
    for (std::int64_t i = 0; i < in_each; ++i) {
      const std::int8_t* weight = &step_.weight[(c * in_each + i) * layer_.kernel * layer_.kernel];
      for_window(layer_, in_, y, x, [&](std::int64_t ky, std::int64_t kx, std::int64_t position) {
        acc += (input((first + i) * positions + position) - in_zero_) * weight[ky * layer_.kernel + kx];
      });
    }
    return acc;
  }

  std::uint8_t largest(std::int64_t c, std::int64_t y, std::int64_t x) const {
    int best = 0;
    for_window(layer_, in_, y, x, [&](std::int64_t, std::int64_t, std::int64_t position) {
      best = std::max(best, input(c * in_.height * in_.width + position));
    });
    return static_cast<std::uint8_t>(best);
  }

  std::uint8_t average(std::int64_t c, std::int64_t y, std::int64_t x) const {
    std::int32_t sum = 0;
    std::int32_t count = 0;
    const auto take = [&](std::int64_t position) {
      sum += input(c * in_.height * in_.width + position) - in_zero_;
      ++count;
    };
    if (layer_.op == "global_avgpool") {
      for (std::int64_t position = 0; position < in_.height * in_.width; ++position) take(position);
    } else {
      for_window(layer_, in_, y, x, [&](std::int64_t, std::int64_t, std::int64_t position) { take(position); });
    }
    return requantize(sum, {1.0F / static_cast<float>(count), 0.0F, out_zero_, 0});
  }

  /// add, tables and flatten: the output depends on the same place of the inputs.
  std::uint8_t elementwise(std::int64_t c, std::size_t target) const {
    if (step_.plan.kind == StepKind::flatten) return static_cast<std::uint8_t>(input(target));
    if (step_.plan.kind != StepKind::add) {
      const std::size_t first = step_.table.size() == 256 ? 0 : static_cast<std::size_t>(c) * 256;
      return step_.table[first + static_cast<std::size_t>(input(target))];
    }
    float sum = 0;
    for (std::size_t k = 0; k < step_.plan.in.size(); ++k) {
      const std::int32_t zero = model_.scales[step_.plan.in[k]].zero_point;
      const float term = static_cast<float>(input(target, k) - zero) * step_.input_multiplier[k];
      sum = sum + term;
    }
    return round_to_edge(sum, out_zero_, floor());
  }

  std::int32_t floor() const { return step_.plan.relu ? out_zero_ : 0; }
  int input(std::size_t index, std::size_t k = 0) const {
    const std::size_t edge = step_.plan.in[k];
    return result_.edges[edge][row_ * model_.plan.edges[edge].count() + index];
  }
  std::uint8_t& output(std::size_t index) { return result_.edges[step_.plan.out][row_ * out_.count() + index]; }

  const IntegerModel& model_;
  const IntegerStep& step_;
  const LayerSpec& layer_;
  IntegerResult& result_;
  std::size_t row_;
  const PlanEdge& in_;
  const PlanEdge& out_;
  std::int32_t in_zero_;
  std::int32_t out_zero_;
};

}  // namespace

IntegerResult run_integer_reference(const IntegerModel& model, std::span<const std::uint8_t> input, std::int64_t rows) {
  IntegerResult result;
  const auto count = static_cast<std::size_t>(rows);
  for (const PlanEdge& edge : model.plan.edges) result.edges.emplace_back(count * edge.count());
  result.edges.front().assign(input.begin(), input.end());
  const std::size_t outputs = model.plan.edges[model.plan.output].count();
  result.output.resize(count * outputs);
  for (const IntegerStep& step : model.steps) {
    for (std::size_t row = 0; row < count; ++row) Row(model, step, result, row).run();
  }
  if (!has_real_output(model.plan)) {
    const EdgeScale scale = model.scales[model.plan.output];
    for (std::size_t i = 0; i < result.output.size(); ++i) {
      result.output[i] = real_value(result.edges[model.plan.output][i], scale);
    }
  }
  return result;
}

std::vector<std::uint8_t> quantize_input(const IntegerModel& model, std::span<const float> input) {
  std::vector<std::uint8_t> quantized(input.size());
  for (std::size_t i = 0; i < input.size(); ++i) quantized[i] = quantize_value(input[i], model.scales.front());
  return quantized;
}

}  // namespace hone
