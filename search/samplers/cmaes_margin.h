#pragma once

#include <cstddef>

#include "search/samplers/cmaes_distribution.h"

namespace hone {

/// Keeps the other levels of a discrete coordinate within reach: the probability of leaving the level in which the mean
/// lies, below `low` and above `high`, stays at least `margin` in total (CMAwM: Hamano, Saito, Nomura, Shirakawa 2022,
/// section 4). At an outer level one of the bounds is infinite, and only the mean is moved; else mean and widening are.
void keep_margin(CmaesDistribution& distribution, std::size_t coordinate, double low, double high, double margin);

}  // namespace hone
