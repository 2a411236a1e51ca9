#pragma once

#include <optional>

#include "search/gp/log_posterior.h"

namespace hone {

struct FitOptions {
  /// An earlier optimum to go on from.
  std::optional<GpParameters> start = std::nullopt;
  /// Whether to look for other optima too: an earlier one alone could hold a model for ever that once took everything
  /// for noise. Without a `start` it always does.
  bool thorough = true;
};

/// The parameters of largest posterior density found by L-BFGS, with an additive part wherever there is more than one
/// length scale. A thorough search begins at the prior's mode and, since a rugged function has a second mode that is
/// far from it, also where the additive part is short. Of more than 600 observations it sees 512 (fit_subset.h).
GpParameters fit(const GpData& data, const FitOptions& options = {});

}  // namespace hone
