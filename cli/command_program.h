#pragma once

#include <string>

#include "configs/load_spec.h"

namespace hone {

/// Throws Error("process::cannot-start", exit 10) at the command's place in the spec when its program is not there: one
/// error now, not one failed trial after the other. A program named by a placeholder or in the trial folder is known
/// only at its start.
void require_command_program(const LoadedSpec& loaded, const std::string& spec_file);

}  // namespace hone
