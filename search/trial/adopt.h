#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "search/trial/search_space.h"

namespace hone {

/// What became of the parameters of an older space.
struct SpaceMap {
  /// New names by old ones.
  std::map<std::string, std::string> renamed;
  /// Values of parameters that the older space did not have, by new name.
  Params added;
  /// Old parameters that are gone: their values are forgotten.
  std::set<std::string> dropped;
};

/// A configuration of another space as one of `space`, or what stands against it as a sentence.
struct Adopted {
  std::optional<Params> params;
  std::string complaint;
};
/// Values keep their names or get the new ones; a parameter without an old value gets the one of `map.added`, else its
/// `default`. Against it stand values outside of the new ranges, a missing value, a name that is not dropped, and
/// clauses.
Adopted adopted(const SearchSpace& space, const Params& old, const SpaceMap& map);

}  // namespace hone
