#pragma once

#include <string>
#include <vector>

#include "cli/format.h"
#include "configs/load_spec.h"
#include "search/executors/slots.h"
#include "search/trial/search_space.h"

namespace hone {

/// What a spec means, in words: for `check` and `explain`.

/// "86,400 configurations" or "continuous, d = 9, 3 conditional".
std::string space_size_text(const SearchSpace& space);
/// "3, 9, 27 epochs (asha)" or "every trial runs whole".
std::string rungs_text(const ExperimentSpec& spec);
/// "30 trials, wall 20:00; at most 810 epochs".
std::string budget_limits_text(const ExperimentSpec& spec);
/// One row a parameter: name, type, range or choices, scale, default, condition.
TextTable space_table(const ExperimentSpec& spec);
/// A parameter as a command declares it: "lr 1e-05..0.1 log", "opt adam|sgd".
std::string declaration_text(const ParameterSpec& parameter);
/// "2 slots", "2 slots, a GPU each", "4 slots on 2 GPUs".
std::string slots_text(const SlotPlan& plan);
/// 86400 as "86,400".
std::string with_thousands(std::int64_t value);

}  // namespace hone
