#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace hone {

/// The name of a network file system by the magic number of statfs(2), or nothing for a local one. SQLite's
/// write-ahead log needs memory that all its users share, which these do not give.
std::optional<std::string_view> network_file_system(long magic);

/// Makes the folder of a study (mode 0700) where it is missing and returns its canonical path. Throws
/// Error("store::network-folder") on a network file system, Error("store::foreign-folder") when it is another user's
/// and Error("store::not-writable", exit 7) when it cannot be made.
std::filesystem::path prepare_study_folder(const std::filesystem::path& folder);

}  // namespace hone
