#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

#include "compress/plan/calibration.h"
#include "trainers/artifact/model_artifact.h"

namespace hone {

/// An int8 model and how each of its edges was calibrated.
struct Quantized {
  ModelArtifact artifact;
  std::map<std::string, Calibration> edges;
};

/// Post-training quantisation of a folded fp32 model: every edge calibrated on `inputs` (encoded training rows) in
/// evaluation mode, weights rounded per output channel (compress.md §6).
Quantized quantize(const ModelArtifact& folded, const at::Tensor& inputs, const std::string& calibrator);

}  // namespace hone
