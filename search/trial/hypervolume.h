#pragma once

#include <vector>

#include "search/trial/dominance.h"

namespace hone {

/// The exact volume that points dominate up to a reference that is worse than they are; points that are not better than
/// it in every objective count for nothing. By a sweep for two objectives, beyond by exclusive volumes (While,
/// Bradstreet and Barone 2012, "A fast way of calculating exact hypervolumes", WFG).
double hypervolume(std::vector<ObjectiveVector> points, const ObjectiveVector& reference);

/// A reference for points without a given one: of each objective the worst value of the front and a tenth of the
/// front's range more; where the front has no range, a tenth of the value, or 1 at zero. `points` must not be empty.
ObjectiveVector reference_beyond(const std::vector<ObjectiveVector>& points);

}  // namespace hone
