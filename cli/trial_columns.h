#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/report/results.h"
#include "configs/expressions.h"

namespace hone {

/// Names that `ls --columns`, `--sort` and `--where` know: trial state value reached budget attempts seconds origin
/// failure message, every parameter and every metric; a parameter wins over a metric of the same name.
std::vector<std::string> column_names(const Results& results);

/// The cell of a column, or nothing where the trial has none. Throws Error("usage::unknown-column") with what was
/// probably meant.
std::optional<ParamValue> column_value(const Results& results, const TrialResult& trial, const std::string& column);

/// Trials for which the expression is true (a name without a value makes it false), in order of id.
std::vector<const TrialResult*> trials_where(const Results& results, const std::string& expression);

/// Sorts by a column, ascending; "-lr" descending; trials without a value come last.
void sort_trials(const Results& results, const std::string& column, std::vector<const TrialResult*>& trials);

}  // namespace hone
