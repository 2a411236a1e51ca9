#pragma once

#include <ATen/core/Tensor.h>

#include "compress/prune.h"

namespace hone {

/// Least squares after pruning, layer by layer: X from the pruned net, Y the original's outputs on its own inputs.
/// W = W₀ + (XᵀX + ρ·mean(diag)·I)⁻¹Xᵀ(Y − XW₀) with the bias as a column of ones and ρ 1e-2: the ridge pulls towards
/// the weights W₀ that pruning left, not towards 0 as in compress.md §5, so that few rows cannot shrink a layer.
/// Needs no labels. Grouped convolutions and layers that read the model's input stay as they are.
ModelArtifact refit(const ModelArtifact& original, const ModelArtifact& pruned,
                    const std::vector<DimensionGroup>& groups, const Kept& kept, const at::Tensor& inputs);

}  // namespace hone
