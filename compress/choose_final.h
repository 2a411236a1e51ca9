#pragma once

#include "compress/compression.h"

namespace hone {

/// The model that is delivered, with what was measured of it.
struct FinalModel {
  ModelArtifact artifact;
  std::unique_ptr<Predictor> predictor;
  at::Tensor outputs;
  CostFigures costs;
};

/// Chooses among models that keep the quality limits, `good` from mild to small; quantised when int8 is among the
/// formats, fp32 when no quantised model keeps the limits. The smallest that a point estimate on few rows lets pass is
/// often worse than the limit (compress.md §12, "Selection spoils the test"), therefore:
/// 1. the smallest model that meets all limits and uses at most half of the allowed loss of quality;
/// 2. without one, the mildest model that meets all limits;
/// 3. without one, the smallest that keeps the quality limits.
/// The row of the model says which rule decided; rows of what was passed over are rolled back.
FinalModel choose_final(Compression& work, const std::vector<Candidate>& good);

}  // namespace hone
