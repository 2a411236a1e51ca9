#pragma once

#include <string>
#include <vector>

#include "configs/experiment_spec.h"

namespace hone {

enum class SpaceChange {
  added,
  removed,
  renamed,   ///< perhaps: gone under one name, there with equal values under another
  retyped,   ///< other kinds of values
  widened,   ///< everything it could be, and more
  narrowed,  ///< only some of what it could be
  moved,     ///< more on one side, less on another
  changed,   ///< the same values on another scale, with another default, condition or prior
};
std::string_view name_of(SpaceChange change);

/// What became of one parameter.
struct SpaceDifference {
  SpaceChange change = SpaceChange::changed;
  /// Its name; of renamed ones the old name.
  std::string name;
  /// For people: "1e-05 … 0.1 -> 1e-04 … 0.1", the new name of a renamed one.
  std::string text;
};

/// Differences between two spaces, in the order of the new one, what is gone last.
std::vector<SpaceDifference> space_diff(const std::vector<ParameterSpec>& before,
                                        const std::vector<ParameterSpec>& after);

/// "float 1e-05 … 0.1 log", "categorical adam, sgd".
std::string describe(const ParameterSpec& parameter);

}  // namespace hone
