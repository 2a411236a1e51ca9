#include "search/samplers/feasible_share.h"

#include "core/statistics.h"
#include "search/samplers/unseen.h"

namespace hone {

std::pair<double, double> FeasibleShare::interval() const {
  return wilson_interval(static_cast<double>(allowed), static_cast<double>(draws));
}

FeasibleShare feasible_share(const SearchSpace& space, std::int64_t draws, RandomStream& random) {
  FeasibleShare share;
  for (; share.draws < draws; ++share.draws) share.allowed += space.allows(draw_params(space, random));
  return share;
}

}  // namespace hone
