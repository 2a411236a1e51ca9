#pragma once

#include <cstdint>
#include <vector>

#include "compress/kernels/dot_kernels.h"
#include "compress/plan/execution_plan.h"

namespace hone {

/// How an edge lies in memory: [height + 2·halo][width + 2·halo][channels] a row of the batch, without gaps. The halo
/// holds the value zero, so that a convolution needs no border cases.
struct NhwcEdge {
  std::int64_t channels = 1;
  std::int64_t height = 1;
  std::int64_t width = 1;
  std::int64_t halo = 0;

  std::int64_t pitch() const { return (width + 2 * halo) * channels; }
  std::int64_t size() const { return (height + 2 * halo) * pitch(); }
  std::int64_t offset(std::int64_t y, std::int64_t x) const { return (y + halo) * pitch() + (x + halo) * channels; }
};

/// A dot step in that layout, for one row of a batch.
struct DotGeometry {
  std::vector<std::int32_t> in_offsets;
  std::vector<std::int32_t> out_offsets;
  int pool = 1;
  std::vector<DotRun> runs;
  /// Column of the weight ([channels, kernel, kernel] or [channels, height, width] order) of every run's elements.
  std::vector<std::int32_t> columns;
};

struct NhwcStep {
  /// Index of the step in the execution plan.
  std::size_t step = 0;
  std::size_t in = 0;
  /// The edge written: the maxpool's, when it is done in passing.
  std::size_t out = 0;
  DotGeometry dot;
};

/// An execution plan laid out for the kernels, shared by both number formats.
struct NhwcPlan {
  std::vector<NhwcEdge> edges;
  std::vector<NhwcStep> steps;
};

NhwcPlan make_nhwc_plan(const ExecutionPlan& plan);

/// A dot step's weight without groups: [out][channels · kernel²], zero where a group does not reach.
template <class T>
std::vector<T> dense_weight(const PlanStep& step, const PlanEdge& in, const T* weight) {
  const LayerSpec& layer = step.layer;
  if (layer.op == "linear") return std::vector<T>(weight, weight + layer.out * in.count());
  const std::int64_t taps = layer.kernel * layer.kernel;
  const std::int64_t each = in.channels / layer.groups * taps;
  const std::int64_t columns = in.channels * taps;
  std::vector<T> dense(static_cast<std::size_t>(layer.out * columns), T{0});
  for (std::int64_t o = 0; o < layer.out; ++o) {
    const std::int64_t first = o / (layer.out / layer.groups) * each;
    for (std::int64_t i = 0; i < each; ++i) dense[o * columns + first + i] = weight[o * each + i];
  }
  return dense;
}

}  // namespace hone
