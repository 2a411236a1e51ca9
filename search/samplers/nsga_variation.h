#pragma once

#include <utility>

#include "core/random.h"
#include "search/trial/search_space.h"

namespace hone {

/// The two children of two coordinates by simulated binary crossover (Deb and Agrawal 1995, "Simulated binary crossover
/// for continuous search space", e = 15) for u in (0, 1): their mean is that of the parents; they may leave [0, 1].
std::pair<double, double> simulated_binary_crossover(double first, double second, double u);

/// How far polynomial mutation (Deb and Goyal 1996, "A combined genetic adaptive search", e = 20) moves a unit
/// coordinate for u in (0, 1): between −1 and 1, mostly little.
double polynomial_step(double u);

/// A child of two configurations in unit coordinates, cut off at the edge of the cube. With probability 0.9 they cross:
/// half of the coordinates by simulated binary crossover, half of the categories are the second's; otherwise it is the
/// first's. Then each active parameter mutates with probability one in their number; a category becomes another one, a
/// level at least its neighbour. What only one parent has comes from that one, what none has is drawn.
Params child_of(const SearchSpace& space, const Params& first, const Params& second, RandomStream& random);

}  // namespace hone
