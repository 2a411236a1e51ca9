#pragma once

#include <map>
#include <string>

#include "compress/plan/quantization.h"
#include "trainers/artifact/model_artifact.h"

namespace hone {

/// The int8 model of a folded fp32 one: s8 weights with a scale per output, biases as they are, the scale of every
/// edge of scaled_edges(). `scales` by edge name; one that is missing is an assertion.
ModelArtifact quantize_model(const ModelArtifact& folded, const std::map<std::string, EdgeScale>& scales);

}  // namespace hone
