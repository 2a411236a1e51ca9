#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/nvml.h"

namespace hone {

/// The GPUs that a CUDA_VISIBLE_DEVICES inherited from outside leaves to us, in its order: nothing = all; numbers are
/// positions in bus order, names may be cut short (`GPU-1f3a`); a card's name or number stands for all its instances.
/// As in CUDA the list ends at the first entry that names nothing, and an empty one leaves none.
std::vector<GpuInfo> visible_gpus(const std::vector<GpuInfo>& all, const std::optional<std::string>& variable);

/// The driver's GPUs within that bound; `problem` says why none is left.
GpuSurvey usable_gpus();

}  // namespace hone
