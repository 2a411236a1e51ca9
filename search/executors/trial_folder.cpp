#include "search/executors/trial_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <system_error>

#include "core/error.h"
#include "core/files.h"

namespace hone {

std::filesystem::path make_trial_folder(const std::filesystem::path& study_folder, const Launch& launch) {
  std::filesystem::path folder = study_folder / "trials" / std::to_string(launch.trial);
  std::error_code error;
  const bool fresh = std::filesystem::create_directories(folder, error);
  if (error)
    throw Error("file::unwritable", fmt::format("cannot make the folder `{}`: {}", folder.string(), error.message()));
  if (!fresh) unlink((folder / "stop").c_str());
  write_file(folder / "params.json", to_json_object(launch.params).dump() + "\n", Durability::renamed);
  return folder;
}

std::filesystem::path log_path(const std::filesystem::path& folder, std::string_view name, std::int64_t attempt) {
  return folder / fmt::format("{}.{}.log", name, attempt);
}

}  // namespace hone
