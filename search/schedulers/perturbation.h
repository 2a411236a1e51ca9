#pragma once

#include "core/random.h"
#include "search/trial/search_space.h"

namespace hone {

/// Parameters near others, as population based training explores (Jaderberg et al. 2017, "Population based training of
/// neural networks", appendix A): each is drawn anew with probability `resample`, else a number is multiplied by 1.2 or
/// .8 (on a reverse log scale its distance from the upper bound), an ordinal moves to a neighbour, and what has no
/// order stays. A parameter that becomes active is drawn. Where the clauses of the space refuse a hundred of them the
/// parameters stay as they are.
Params perturbed(const SearchSpace& space, const Params& params, double resample, RandomStream& random);

}  // namespace hone
