#include "compress/kernels/nhwc_plan.h"

#include <algorithm>

namespace hone {
namespace {

std::size_t readers_of(const ExecutionPlan& plan, std::size_t edge) {
  std::size_t readers = edge == plan.output ? 1 : 0;
  for (const PlanStep& step : plan.steps) readers += std::count(step.in.begin(), step.in.end(), edge);
  return readers;
}

/// A 2 × 2 maxpool with stride 2 that alone reads a dot step's map.
const PlanStep* pool_in_passing(const ExecutionPlan& plan, const PlanStep& dot) {
  if (readers_of(plan, dot.out) != 1) return nullptr;
  for (const PlanStep& step : plan.steps) {
    if (step.kind != StepKind::maxpool || step.in.front() != dot.out) continue;
    const LayerSpec& layer = step.layer;
    return layer.kernel == 2 && layer.stride == 2 && layer.pad == 0 ? &step : nullptr;
  }
  return nullptr;
}

void add_position(DotGeometry& dot, const LayerSpec& layer, const NhwcEdge& in, std::int64_t y, std::int64_t x) {
  const bool is_linear = layer.op == "linear";
  const std::int64_t top = is_linear ? 0 : y * layer.stride - layer.pad;
  const std::int64_t left = is_linear ? 0 : x * layer.stride - layer.pad;
  dot.in_offsets.push_back(static_cast<std::int32_t>(in.offset(top, left)));
}

/// Runs count from a position's first tap; columns say which weight each of their elements meets.
void add_runs(DotGeometry& dot, const LayerSpec& layer, const NhwcEdge& in) {
  const bool is_linear = layer.op == "linear";
  const std::int64_t rows = is_linear ? in.height : layer.kernel;
  const std::int64_t taps = is_linear ? in.width : layer.kernel;
  const bool gapless = is_linear && in.halo == 0;
  for (std::int64_t row = 0; row < rows; ++row) {
    if (!gapless || row == 0) {
      const std::int64_t length = taps * in.channels * (gapless ? rows : 1);
      dot.runs.push_back({static_cast<std::int32_t>(row * in.pitch()), static_cast<std::int32_t>(length)});
    }
    for (std::int64_t tap = 0; tap < taps; ++tap) {
      for (std::int64_t c = 0; c < in.channels; ++c) {
        dot.columns.push_back(static_cast<std::int32_t>((c * rows + row) * taps + tap));
      }
    }
  }
}

DotGeometry make_dot(const PlanStep& step, const NhwcEdge& in, const NhwcEdge& out, bool pooled) {
  DotGeometry dot;
  dot.pool = pooled ? 4 : 1;
  const std::int64_t side = pooled ? 2 : 1;
  for (std::int64_t y = 0; y < out.height; ++y) {
    for (std::int64_t x = 0; x < out.width; ++x) {
      dot.out_offsets.push_back(static_cast<std::int32_t>(out.offset(y, x)));
      for (std::int64_t i = 0; i < side * side; ++i) {
        add_position(dot, step.layer, in, y * side + i / side, x * side + i % side);
      }
    }
  }
  add_runs(dot, step.layer, in);
  return dot;
}

}  // namespace

NhwcPlan make_nhwc_plan(const ExecutionPlan& plan) {
  NhwcPlan laid;
  for (const PlanEdge& edge : plan.edges) laid.edges.push_back({edge.channels, edge.height, edge.width, 0});
  for (const PlanStep& step : plan.steps) {
    if (step.layer.op != "conv2d") continue;
    NhwcEdge& in = laid.edges[step.in.front()];
    in.halo = std::max(in.halo, step.layer.pad);
  }
  std::vector<bool> done(plan.steps.size(), false);
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (done[i]) continue;
    const PlanStep& step = plan.steps[i];
    NhwcStep laid_step = {i, step.in.front(), step.out, {}};
    if (step.kind == StepKind::dot) {
      const PlanStep* pool = pool_in_passing(plan, step);
      if (pool != nullptr) {
        laid_step.out = pool->out;
        done[static_cast<std::size_t>(pool - plan.steps.data())] = true;
      }
      laid_step.dot = make_dot(step, laid.edges[laid_step.in], laid.edges[laid_step.out], pool != nullptr);
    }
    laid.steps.push_back(std::move(laid_step));
  }
  return laid;
}

}  // namespace hone
