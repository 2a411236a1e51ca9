#include "compress/prune_gradually.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "compress/finetune.h"
#include "compress/plan/costs.h"
#include "compress/prune.h"
#include "compress/refit.h"
#include "core/text.h"

namespace hone {
namespace {

constexpr std::int64_t kAttempts = 6;
constexpr int kMilderAttempts = 3;
/// Share of the last good model's kernel cost that a step aims at: the source has most to give.
constexpr double kFirstShare = 0.75;
constexpr double kNextShare = 0.8;

/// Bytes of the int8 file that the limits on `size` allow; nothing without one.
std::optional<std::int64_t> allowed_int8_bytes(const Compression& work) {
  std::optional<std::int64_t> least;
  const double source = double(work.source_bytes);
  for (const Limit& limit : work.limits) {
    if (limit.figure != "size" || limit.comparison != "<=") continue;
    const double unit_of_byte = in_unit_of(limit, source, source) / source;
    const auto bytes = static_cast<std::int64_t>(limit.value / unit_of_byte);
    least = std::min(least.value_or(bytes), bytes);
  }
  if (!least) return least;
  return work.wants_int8() ? *least : *least / 4;
}

class GradualPruning {
 public:
  GradualPruning(Compression& work, std::vector<Candidate>& good)
      : work_(work), good_(good), full_cost_(kernel_cost(good.front().artifact.model)) {}

  void run() {
    for (std::int64_t attempt = 0; attempt < kAttempts && refused_ <= kMilderAttempts; ++attempt) {
      if (work_.log.out_of_time())
        return work_.log.remark(work_.log.rows().size() - 1, "prune", "stopped: 70 % of budget.wall is spent");
      if (!try_step(attempt)) return;
    }
  }

 private:
  /// False when there is nothing left to take.
  bool try_step(std::int64_t attempt) {
    const ModelArtifact& from = good_.back().artifact;
    const std::size_t first = work_.log.rows().size();
    std::optional<ModelArtifact> candidate = pruned(from);
    if (!candidate) return false;
    at::Tensor outputs = work_.log.record("prune", *candidate, "to " + percent_of_work(*candidate) + " of the work",
                                          ", re-fitted by least squares");
    if (const std::int64_t epochs = part_of_epochs(attempt); epochs > 0) {
      if (work_.log.out_of_time()) {
        work_.log.remark(first, "finetune", "left out: 70 % of budget.wall is spent");
      } else {
        candidate = tuned(*candidate, epochs, attempt);
        outputs =
            work_.log.record("finetune", *candidate, count_of(epochs, "epoch") + " distilled", " from the source");
      }
    }
    const std::size_t end = work_.log.rows().size();
    std::string why;
    if (quality_holds(work_.limits, work_.pair_with(outputs), &why)) {
      good_.push_back({std::move(*candidate), first, end});
      in_a_row_ = 0;
    } else {
      work_.log.roll_back(first, end, why);
      refused_params_ = params(candidate->model);
      ++refused_;
      ++in_a_row_;
    }
    return true;
  }

  /// Nothing when no step is left, or none milder than the one refused.
  std::optional<ModelArtifact> pruned(const ModelArtifact& from) {
    const std::vector<DimensionGroup> groups = dimension_groups(from.model);
    const std::vector<RemovalCurve> curves = work_.input.options.prune.importance == "l1"
                                                 ? l1_curves(from, groups)
                                                 : obs_curves(from, groups, work_.samples);
    for (; in_a_row_ <= kMilderAttempts; ++in_a_row_) {
      const Kept kept = choose_widths(from.model, groups, curves, target(from.model, groups));
      ModelArtifact cut = prune(from, groups, kept);
      if (params(cut.model) == params(from.model)) return std::nullopt;
      // Widths move in granules: half a step may end at the same ones.
      if (in_a_row_ == 0 || params(cut.model) != refused_params_) return refit(from, cut, groups, kept, work_.samples);
    }
    return std::nullopt;
  }

  WidthTarget target(const ModelSpec& from, const std::vector<DimensionGroup>& groups) const {
    const double hardness = std::ldexp(1.0, -in_a_row_);
    WidthTarget target;
    target.cost = 1 - hardness * (1 - (good_.size() == 1 ? kFirstShare : kNextShare));
    if (const std::optional<std::int64_t> allowed = allowed_int8_bytes(work_)) {
      const double excess = std::max(0.0, double(int8_bytes(from) - *allowed));
      target.bytes = *allowed + static_cast<std::int64_t>((1 - hardness) * excess);
    }
    target.least = least_widths(groups);
    return target;
  }

  /// min_keep counts in the source: a group that was pruned before may lose less.
  std::map<std::string, std::int64_t> least_widths(const std::vector<DimensionGroup>& groups) const {
    const ModelSpec& source = work_.source.model;
    std::map<std::string, std::int64_t> least;
    for (const DimensionGroup& group : groups) {
      const std::int64_t index = find_layer(source, group.name);
      const std::int64_t inner = group.widths.empty() ? 1 : group.widths.front().inner;
      const std::int64_t width = index < 0 ? 0 : source.layers[static_cast<std::size_t>(index)].out / inner;
      least[group.name] = static_cast<std::int64_t>(std::ceil(work_.input.options.prune.min_keep * double(width)));
    }
    return least;
  }

  std::string percent_of_work(const ModelArtifact& artifact) const {
    return format_short(100 * kernel_cost(artifact.model) / full_cost_, 2) + " %";
  }

  std::int64_t part_of_epochs(std::int64_t attempt) const {
    const std::int64_t epochs = work_.input.options.budget.finetune_epochs;
    return epochs * (attempt + 1) / kAttempts - epochs * attempt / kAttempts;
  }

  ModelArtifact tuned(const ModelArtifact& model, std::int64_t epochs, std::int64_t attempt) const {
    const CompressionInput& input = work_.input;
    const FinetunePlan plan = {input.options.distill, input.trainer, work_.log.metric(), epochs,
                               input.seed + static_cast<std::uint64_t>(attempt)};
    return finetune(model, work_.source, input.train, input.validation, plan, [&] { return !work_.log.out_of_time(); });
  }

  Compression& work_;
  std::vector<Candidate>& good_;
  double full_cost_;
  int refused_ = 0;
  /// Refusals since the last good model.
  int in_a_row_ = 0;
  std::int64_t refused_params_ = 0;
};

}  // namespace

void prune_gradually(Compression& work, std::vector<Candidate>& good) { GradualPruning(work, good).run(); }

}  // namespace hone
