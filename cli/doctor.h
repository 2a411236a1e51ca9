#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hone {

/// `limited`: it works, but less is possible or it is slower than it could be.
enum class Health { ok, limited, missing };
std::string to_text(Health health);

/// One thing that was looked at.
struct HealthCheck {
  std::string what;
  Health health = Health::ok;
  std::string text;
  /// What to do about it; empty when it is well.
  std::string remedy;
};

/// Looks at all that hone needs or can use on this machine for studies in `folder`: the program, its worker with
/// LibTorch and HDF5, GPUs, cores, disk and clock. Starts a worker where there is one.
std::vector<HealthCheck> examine(const std::filesystem::path& folder);

}  // namespace hone
