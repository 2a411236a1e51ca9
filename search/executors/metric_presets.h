#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/protocol.h"

namespace hone {

/// Understands a line of output, or does not.
using LineReader = std::function<std::optional<ReportLine>(std::string_view line)>;

/// Readers of what scripts print for other tools, by the name of `trainer.metrics.preset`:
///   katib    name=value
///   guild    name: value, name: value (step 3)
///   smac     cost=0.5; runtime=0.01; status=SUCCESS; …
///   aclib    Result of this algorithm run: {"status": "SUCCESS", "cost": 0.5, …}
///   number   a line that is one number, the last one counts (irace, Nevergrad): the value of `objective`
/// A status other than success ends the trial as infeasible or out of memory. Throws Error("spec::unknown-word").
LineReader make_preset(const std::string& name, const std::string& objective);

}  // namespace hone
