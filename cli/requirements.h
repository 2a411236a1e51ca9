#pragma once

#include <string>
#include <vector>

#include "cli/report/results.h"

namespace hone {

/// Throws Error("usage::bad-require") for a condition of --require that is no expression of truth over metrics.
void check_requirements(const std::vector<std::string>& requirements);

/// The conditions that the best trial does not meet, each with what it has: "val_accuracy >= 0.98 (val_accuracy 0.97)".
/// The names are the metrics of its newest report; the objective has the value the trial is judged by.
std::vector<std::string> unmet_requirements(const std::vector<std::string>& requirements, const Results& results);

}  // namespace hone
