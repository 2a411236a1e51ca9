#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "search/trial/dominance.h"

namespace hone {

/// By how much each of several trials violates its outcome constraints in total: of every constraint what is above 0,
/// in units of the mean of those above 0 (so that units do not matter); 0 = feasible.
std::vector<double> total_violations(const std::vector<std::span<const double>>& violations);

/// Order of points with several objectives: of two points the one with the lower tier is better, equal tiers tie.
///
/// Without `tolerances` by front, within a front by falling crowding distance (NSGA-II, Deb et al. 2002, §III C). With
/// them, one an objective, the objectives are goals in turn: among the points that are left, those within
/// tolerance·|best| of the best go on to the next objective, the others stay behind in the order of this one.
std::vector<std::size_t> tiers_of(const std::vector<ObjectiveVector>& points, std::span<const double> tolerances);

}  // namespace hone
