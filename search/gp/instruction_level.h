#pragma once

#include <string_view>

namespace hone {

/// The instruction set this build of the library was made for: `x86-64`, `x86-64-v3` or `x86-64-v4` (else `plain`). The
/// loader chooses among the builds; results of one differ from those of another in the last digits.
std::string_view instruction_level();

}  // namespace hone
