#pragma once

#include <cstdint>
#include <utility>

#include "core/random.h"
#include "search/trial/search_space.h"

namespace hone {

/// How much of a space its clauses allow, by uniform draws.
struct FeasibleShare {
  std::int64_t draws = 0;
  std::int64_t allowed = 0;

  double share() const { return static_cast<double>(allowed) / static_cast<double>(draws); }
  /// Wilson interval of the share, 95 %.
  std::pair<double, double> interval() const;
};
FeasibleShare feasible_share(const SearchSpace& space, std::int64_t draws, RandomStream& random);

}  // namespace hone
