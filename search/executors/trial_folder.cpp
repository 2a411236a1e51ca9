#include "search/executors/trial_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <system_error>

#include "core/error.h"
#include "core/files.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

/// Gives a copy its parent's checkpoint, unless it has one of that name. Copied, not linked: a command may write its
/// checkpoint in place.
void take_over_checkpoint(const fs::path& study_folder, const fs::path& folder, const Launch& launch) {
  const fs::path wanted = folder / launch.resume;
  if (!launch.parent || launch.resume.empty() || fs::exists(wanted)) return;
  const fs::path source = study_folder / "trials" / std::to_string(*launch.parent) / launch.resume;
  const fs::path unfinished = wanted.string() + ".partial";
  std::error_code error;
  fs::remove_all(unfinished, error);
  fs::copy(source, unfinished, fs::copy_options::recursive, error);
  if (!error) fs::rename(unfinished, wanted, error);
  if (!error) return;
  throw Error("file::unreadable", fmt::format("trial {} goes on from `{}`, which cannot be copied: {}", launch.trial,
                                              source.string(), error.message()));
}

}  // namespace

std::filesystem::path make_trial_folder(const std::filesystem::path& study_folder, const Launch& launch) {
  std::filesystem::path folder = study_folder / "trials" / std::to_string(launch.trial);
  std::error_code error;
  const bool fresh = std::filesystem::create_directories(folder, error);
  if (error)
    throw Error("file::unwritable", fmt::format("cannot make the folder `{}`: {}", folder.string(), error.message()));
  if (!fresh) unlink((folder / "stop").c_str());
  take_over_checkpoint(study_folder, folder, launch);
  write_file(folder / "params.json", to_json_object(launch.params).dump() + "\n", Durability::renamed);
  return folder;
}

std::filesystem::path log_path(const std::filesystem::path& folder, std::string_view name, std::int64_t attempt) {
  return folder / fmt::format("{}.{}.log", name, attempt);
}

}  // namespace hone
