#pragma once

#include "configs/load_spec.h"
#include "search/trial/search_space.h"

namespace hone {

/// Makes the start points of [sampler] ready for a new study: tables are completed by defaults and checked;
/// "study:NAME" becomes the five best trials of that study that fit the space, a CSV file a point per line. Their
/// columns are called NAME or param.NAME; others are passed over, an empty cell takes the default.
///
/// Throws Error("space::bad-start") with its place for a point that the space does not hold, for a study without a
/// fitting trial and for a file without a column of the space; Error("space::infeasible") when the clauses allow
/// nothing that could be found, and Error("space::forbidden-default") when they do not allow the defaults.
void resolve_start_points(ExperimentSpec& spec, const SearchSpace& space, const Origins& origins);
/// The same to be told of mistakes before a study is begun.
void check_start_points(const LoadedSpec& loaded);

}  // namespace hone
