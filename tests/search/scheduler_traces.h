#pragma once

#include <functional>
#include <string>

#include "search/schedulers/scheduler.h"

namespace hone {

/// Plays trials against a scheduler one after the other, with a report after each unit of budget; returns every launch
/// as `trial@budget` and every stop as `trial!step`. `value` is the minimised loss of a trial after a step; NaN = the
/// trial fails there. Without fidelity (rungs {0}) a trial reports `whole` steps.
std::string trace_of(const Scheduler& scheduler, int trials, const std::function<double(int trial, int step)>& value,
                     int whole = 0);

}  // namespace hone
