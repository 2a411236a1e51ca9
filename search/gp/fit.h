#pragma once

#include <optional>

#include "search/gp/log_posterior.h"

namespace hone {

/// The parameters of largest posterior density found by L-BFGS from the prior's mode and, when given, from an earlier
/// optimum, which alone could hold a model for ever that once took everything for noise. Beyond 100 observations the
/// earlier optimum is enough.
GpParameters fit(const GpData& data, const std::optional<GpParameters>& start = std::nullopt);

}  // namespace hone
