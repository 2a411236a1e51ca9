#pragma once

#include <cstdint>
#include <string>

#include "configs/experiment_spec.h"
#include "core/error.h"

namespace hone {

/// trial::no-metric: a command ended well, but an objective was found in nothing it wrote. Shows the last lines of its
/// output and what to do.
Diagnostic no_metric_diagnostic(const ExperimentSpec& spec, std::int64_t trial, const std::string& output);

}  // namespace hone
