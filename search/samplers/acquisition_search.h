#pragma once

#include <cstdint>
#include <vector>

#include "core/random.h"
#include "search/gp/expected_improvement.h"
#include "search/samplers/gp_embedding.h"

namespace hone {

/// Unit points of a space, snapped, by falling acquisition.
///
/// Looks at `raw` points: two thirds Sobol, one third perturbations of the `best` known ones. The best of them, the
/// incumbent and a few drawn by Boltzmann weights are refined in turn by L-BFGS on the parameters that are continuous
/// or nearly so (all starts step together, each with a memory of its own) and by trying every level of the others.
std::vector<std::vector<double>> search_acquisition(const GpEmbedding& embedding,
                                                    const LogExpectedImprovement& acquisition,
                                                    const std::vector<double>& lengths,
                                                    const std::vector<std::vector<double>>& best, std::int64_t raw,
                                                    RandomStream& random);

}  // namespace hone
