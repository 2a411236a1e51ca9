#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "search/trial/dominance.h"

namespace hone {

/// Indices of the points that none dominates, by rising first objective; of equal points the first alone.
std::vector<std::size_t> ordered_front(const std::vector<ObjectiveVector>& points);

/// Up to where a hypervolume counts: what was given for an objective, else the worst of all points and a tenth of their
/// range more (of the value where there is no range, or 1 at zero). `points` must not be empty.
ObjectiveVector reference_of(const std::vector<ObjectiveVector>& points,
                             const std::vector<std::optional<double>>& given);

/// The point of a front that lies farthest from the hyperplane through its extreme points, on the side of better
/// values, once each objective is scaled to [0, 1] over the front (Das 1999, "On characterizing the 'knee' of the
/// Pareto curve based on normal-boundary intersection"). Where extreme points coincide or the hyperplane does not face
/// the better side, it faces the sum of the scaled objectives, which is the same plane for two objectives. A front that
/// bulges nowhere has its knee at an end; of equal ones the first. `front` must not be empty.
std::size_t knee_of(const std::vector<ObjectiveVector>& front);

}  // namespace hone
