#pragma once

#include <optional>

#include "search/gp/log_posterior.h"

namespace hone {

/// The parameters of largest posterior density found by L-BFGS: from the prior's mode (30 iterations) or, when given,
/// from an earlier optimum (8).
GpParameters fit(const GpData& data, const std::optional<GpParameters>& start = std::nullopt);

}  // namespace hone
