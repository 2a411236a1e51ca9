#pragma once

#include <cstdint>
#include <vector>

#include "search/samplers/cmaes_distribution.h"
#include "search/samplers/cmaes_restarts.h"
#include "search/samplers/observations.h"

namespace hone {

/// The trials from which the first run starts: the best tenth of at least 20 observations, the best of fewer, none of
/// none. Best first.
std::vector<std::int64_t> starting_trials(std::vector<Observation> observed);

/// The distribution from which a run begins: around `centre`; around the only one of `points`; or, of several points,
/// from their mean and covariance (WS-CMA-ES: Nomura, Watanabe, Akimoto, Ozaki, Onishi 2021, section 4.2).
CmaesDistribution starting_distribution(const std::vector<std::vector<double>>& points, std::vector<double> centre,
                                        const CmaesRun& run, bool separable);

}  // namespace hone
