#include <algorithm>

#include "compress/plan/costs.h"
#include "compress/prune.h"

namespace hone {
namespace {

/// Kernels read inputs in fours and write outputs in sixteens (compress/kernels/dot_kernels.h).
constexpr std::int64_t kGranule = 4;

using Widths = std::vector<std::int64_t>;

ModelSpec with_widths(ModelSpec spec, const std::vector<DimensionGroup>& groups, const Widths& widths) {
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g].frozen) continue;
    for (const GroupWidth& width : groups[g].widths) {
      LayerSpec& layer = spec.layers[static_cast<std::size_t>(find_layer(spec, width.layer))];
      (width.is_groups ? layer.groups : layer.out) = widths[g] * width.inner;
    }
  }
  return spec;
}

/// How far a spec is from the target: kernel cost and bytes, each as its excess over what is asked, in shares.
struct Excess {
  double cost = 0;
  double bytes = 0;
  bool none() const { return cost <= 0 && bytes <= 0; }
  double sum() const { return std::max(cost, 0.0) + std::max(bytes, 0.0); }
};

class Chooser {
 public:
  Chooser(const ModelSpec& spec, const std::vector<DimensionGroup>& groups, const std::vector<RemovalCurve>& curves,
          const WidthTarget& target)
      : spec_(spec), groups_(groups), curves_(curves), target_(target), full_cost_(kernel_cost(spec)) {
    for (const DimensionGroup& group : groups) widths_.push_back(group.length);
  }

  Kept choose() {
    while (!excess(widths_).none() && take_best_step()) {
    }
    return kept();
  }

 private:
  Excess excess(const Widths& widths) const {
    const ModelSpec spec = with_widths(spec_, groups_, widths);
    Excess excess;
    excess.cost = kernel_cost(spec) / full_cost_ - target_.cost;
    if (target_.bytes > 0) excess.bytes = double(int8_bytes(spec)) / double(target_.bytes) - 1;
    return excess;
  }

  std::int64_t least_width(const DimensionGroup& group) const {
    const auto least = target_.least.find(group.name);
    return std::max(std::min(kGranule, group.length), least == target_.least.end() ? 1 : least->second);
  }

  /// The granule steps a group may take from its width: to the next multiples of 4, 8 and 16 below it.
  std::vector<std::int64_t> steps(std::size_t g) const {
    std::vector<std::int64_t> steps;
    for (const std::int64_t granule : {kGranule, 2 * kGranule, 4 * kGranule}) {
      const std::int64_t width = (widths_[g] - 1) / granule * granule;
      if (width >= least_width(groups_[g]) && width > 0) steps.push_back(width);
    }
    return steps;
  }

  bool take_best_step() {
    const double now = excess(widths_).sum();
    double best = -1;
    Widths chosen;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (groups_[g].frozen) continue;
      for (const std::int64_t width : steps(g)) {
        Widths tried = widths_;
        tried[g] = width;
        const double saved = now - excess(tried).sum();
        const std::vector<double>& error = curves_[g].error;
        const double lost = error[groups_[g].length - width] - error[groups_[g].length - widths_[g]];
        const double worth = saved / (lost + 1e-9);
        if (saved > 0 && worth > best) {
          best = worth;
          chosen = tried;
        }
      }
    }
    if (best < 0) return false;
    widths_ = chosen;
    return true;
  }

  Kept kept() const {
    Kept kept = all_kept(groups_);
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (groups_[g].frozen) continue;
      const std::vector<std::int64_t>& order = curves_[g].order;
      kept[g].assign(order.end() - widths_[g], order.end());
      std::sort(kept[g].begin(), kept[g].end());
    }
    return kept;
  }

  const ModelSpec& spec_;
  const std::vector<DimensionGroup>& groups_;
  const std::vector<RemovalCurve>& curves_;
  WidthTarget target_;
  double full_cost_;
  Widths widths_;
};

}  // namespace

Kept choose_widths(const ModelSpec& spec, const std::vector<DimensionGroup>& groups,
                   const std::vector<RemovalCurve>& curves, const WidthTarget& target) {
  return Chooser(spec, groups, curves, target).choose();
}

}  // namespace hone
