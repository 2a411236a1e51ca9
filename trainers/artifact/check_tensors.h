#pragma once

#include "trainers/artifact/model_artifact.h"

namespace hone {

/// Checks that a model, its tensors and its preprocessing fit each other: every tensor of the architecture there with
/// its type and shape and nothing else, numbers finite, scales above 0, sums of int8 products within 32 bits, input and
/// output as wide as the data. Throws Error("model::bad-tensor") or Error("model::bad-shape").
void check_tensors(const ModelArtifact& artifact);

}  // namespace hone
