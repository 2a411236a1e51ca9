#pragma once

#include <string_view>

namespace hone {

/// Project version, "0.1.0".
std::string_view version();
/// Short git hash of the build, "-dirty" behind it when the tree had changes, or "unknown".
std::string_view git_hash();

}  // namespace hone
