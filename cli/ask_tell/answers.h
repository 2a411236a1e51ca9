#pragma once

#include <nlohmann/json_fwd.hpp>

#include "search/study.h"

namespace hone {

/// The parts of the lines that ask-tell answers with (cli.md §6), as ordered JSON.

/// Parameters by name with their type and limits as the spec has them.
nlohmann::ordered_json space_json(const SearchSpace& space);
/// {"trial":0,"attempt":1,"params":{…},"seed":"…","budget":27}; the budget is null where trials run whole.
nlohmann::ordered_json launch_json(const Launch& launch);
/// What `best` answers: the best trial, null before there is one; with several objectives of equal rank also the Pareto
/// front, by rising first objective.
nlohmann::ordered_json best_json(const Study& study);
/// Trials by state, failures by class, what was spent.
nlohmann::ordered_json status_json(const Study& study);

}  // namespace hone
