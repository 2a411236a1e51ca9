#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/random.h"
#include "search/trial/dominance.h"

namespace hone {

/// Points spread evenly over the unit simplex: all whose coordinates are multiples of 1/divisions (Das and Dennis 1998,
/// "Normal-boundary intersection"), in lexicographic order.
std::vector<ObjectiveVector> reference_points(std::size_t objectives, std::int64_t divisions);

/// The most divisions (at least 1) with which there are at most `population` reference points.
std::int64_t divisions_within(std::size_t objectives, std::int64_t population);

/// Which `keep` of at least as many points survive (NSGA-III: Deb and Jain 2014, "An evolutionary many-objective
/// optimization algorithm using reference-point-based nondominated sorting", algorithms 1 to 4): whole fronts, best
/// first, and of the front that does not fit those near the directions of reference points that have fewest survivors.
///
/// Deviation: objectives are scaled by the worst values of the extreme points instead of the intercepts of the plane
/// through them: the same for regular fronts, and there is no plane that might not exist.
std::vector<std::size_t> niched(const std::vector<ObjectiveVector>& points,
                                const std::vector<ObjectiveVector>& references, std::size_t keep, RandomStream& random);

}  // namespace hone
