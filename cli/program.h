#pragma once

#include <string>
#include <vector>

#include "cli/console.h"
#include "core/error.h"

namespace hone {

/// The whole program but its process: parses `arguments` (without the program's name), acts, prints errors, answers the
/// exit code. Nothing happens before all arguments are understood.
ExitCode run_program(std::vector<std::string> arguments, Console& console);

}  // namespace hone
