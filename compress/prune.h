#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <vector>

#include "compress/plan/dimension_groups.h"
#include "trainers/artifact/model_artifact.h"

namespace hone {

/// In which order a group's indices go, and what it costs: `order[0]` goes first; `error[k]` is the relative error of
/// the group's consumers when k are gone (error[0] = 0), or for l1 the share of weight magnitude that is gone.
struct RemovalCurve {
  std::vector<std::int64_t> order;
  std::vector<double> error;
};

/// Structured OBS (ZipLM, Kurtic et al. 2023, Algorithm 1): per consumer with inputs X, H = XᵀX + ρ·mean(diag)·I; the
/// index with least tr(W_Jᵀ[(H⁻¹)_JJ]⁻¹W_J) goes, its neighbours take over: W −= H⁻¹_{:J}[(H⁻¹)_JJ]⁻¹W_J. Errors are
/// relative to a consumer's output energy tr(WᵀHW) and summed over a group's consumers.
/// `inputs` encoded training rows; `model` fp32 with BatchNorm folded. A curve for every group; frozen ones are empty.
std::vector<RemovalCurve> obs_curves(const ModelArtifact& model, const std::vector<DimensionGroup>& groups,
                                     const at::Tensor& inputs);

/// The simplest rival: indices by Σ|w| over all members.
std::vector<RemovalCurve> l1_curves(const ModelArtifact& model, const std::vector<DimensionGroup>& groups);

/// Kept indices of every group, ascending.
using Kept = std::vector<std::vector<std::int64_t>>;
Kept all_kept(const std::vector<DimensionGroup>& groups);

/// What the widths must reach.
struct WidthTarget {
  /// Share of kernel_cost (compress/plan/costs.h).
  double cost = 1;
  /// Bytes of the int8 file; 0 = no limit.
  std::int64_t bytes = 0;
  /// Indices of a group, by its name, that stay at least.
  std::map<std::string, std::int64_t> least;
};

/// Widths across groups: step by step the removal with least error per saved cost, in the granules of the kernels
/// (multiples of 4), until the target is met or nothing is left to take.
Kept choose_widths(const ModelSpec& spec, const std::vector<DimensionGroup>& groups,
                   const std::vector<RemovalCurve>& curves, const WidthTarget& target);

/// Removes what is not kept.
ModelArtifact prune(const ModelArtifact& model, const std::vector<DimensionGroup>& groups, const Kept& kept);

}  // namespace hone
