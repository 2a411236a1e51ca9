#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "search/trial/trial.h"

namespace hone {

/// Makes `trials/<id>/` of a launch with its params.json, without an old stop file, with the parent's checkpoint where
/// the launch goes on from that; throws Error("file::unreadable") when it is not there. Cheap on purpose: nothing is
/// synced, because the store can make all of it again (reliability.md §6).
std::filesystem::path make_trial_folder(const std::filesystem::path& study_folder, const Launch& launch);

/// `<folder>/<name>.<attempt>.log`
std::filesystem::path log_path(const std::filesystem::path& folder, std::string_view name, std::int64_t attempt);

}  // namespace hone
