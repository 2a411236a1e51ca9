#pragma once

#include <cstdint>
#include <vector>

#include "compress/kernels/nhwc_plan.h"

namespace hone {

/// The maps of all edges for a few rows, halos filled once with what zero is there, and the places of every dot step
/// for all those rows.
template <class T>
class Scratch {
 public:
  /// `zero` by edge: the code of zero (u8) or 0.
  Scratch(const NhwcPlan& plan, const std::vector<T>& zero, std::int64_t rows) : plan_(&plan), rows_(rows) {
    for (std::size_t edge = 0; edge < plan.edges.size(); ++edge) {
      // Kernels may read and write a vector beyond the last map.
      maps_.emplace_back(static_cast<std::size_t>(plan.edges[edge].size() * rows) + kSlack, zero[edge]);
    }
    for (const NhwcStep& step : plan.steps) {
      places_.push_back({repeat(step.dot.in_offsets, plan.edges[step.in].size()),
                         repeat(step.dot.out_offsets, plan.edges[step.out].size())});
    }
  }

  T* map(std::size_t edge, std::int64_t row = 0) { return maps_[edge].data() + row * plan_->edges[edge].size(); }

  /// Places of a dot step for the first `rows` rows.
  DotPlaces places(std::size_t step, std::int64_t rows, std::int64_t outputs) const {
    const DotGeometry& dot = plan_->steps[step].dot;
    DotPlaces places;
    places.in_offsets = places_[step].in.data();
    places.out_offsets = places_[step].out.data();
    places.positions = static_cast<int>(rows * static_cast<std::int64_t>(dot.in_offsets.size()));
    places.pool = dot.pool;
    places.runs = dot.runs.data();
    places.run_count = static_cast<int>(dot.runs.size());
    places.outputs = static_cast<int>(outputs);
    return places;
  }

 private:
  static constexpr std::size_t kSlack = 64;
  struct Places {
    std::vector<std::int32_t> in;
    std::vector<std::int32_t> out;
  };

  std::vector<std::int32_t> repeat(const std::vector<std::int32_t>& offsets, std::int64_t size) const {
    std::vector<std::int32_t> all;
    for (std::int64_t row = 0; row < rows_; ++row) {
      for (const std::int32_t offset : offsets) all.push_back(static_cast<std::int32_t>(row * size + offset));
    }
    return all;
  }

  const NhwcPlan* plan_;
  std::int64_t rows_;
  std::vector<std::vector<T>> maps_;
  std::vector<Places> places_;
};

}  // namespace hone
