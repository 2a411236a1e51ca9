#include "cli/study_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/finished_study.h"
#include "cli/option_tables.h"
#include "configs/load_spec.h"
#include "core/text.h"
#include "core/version.h"
#include "search/gp/instruction_level.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

bool is_study(const fs::path& folder) { return fs::exists(folder / kStoreFile); }

Error not_found(const std::string& message, const std::vector<std::string>& known, const std::string& argument) {
  Diagnostic diagnostic;
  diagnostic.code = "study::not-found";
  diagnostic.message = message;
  if (!argument.empty()) diagnostic.suggestion = suggestion_for(argument, known);
  if (!known.empty()) diagnostic.notes.push_back("studies here: " + join(known, ", "));
  if (known.empty()) diagnostic.notes.push_back("help: hone run SPEC makes one");
  return Error(diagnostic);
}

fs::path study_of_spec(const std::string& file) {
  const LoadedSpec loaded = load_spec(file, option_tables(), {.set = {}, .purpose = SpecPurpose::look});
  loaded.diagnostics.throw_if_errors();
  const fs::path folder = newest_follow_up(study_folder(loaded.spec));
  if (!is_study(folder)) {
    throw not_found(fmt::format("`{}` has no study yet ({} does not exist)", file, (folder / kStoreFile).string()), {},
                    "");
  }
  return folder;
}

}  // namespace

std::string this_build() { return fmt::format("{} {} {}", version(), git_hash(), instruction_level()); }

fs::path study_folder(const ExperimentSpec& spec) {
  return spec.study.folder.empty() ? fs::path("studies") / spec.study.name : fs::path(spec.study.folder);
}

fs::path data_folder(const fs::path& study) {
  return (study.lexically_normal() / "").parent_path().parent_path() / ".data";
}

fs::path trial_folder(const fs::path& study, std::int64_t trial) { return study / "trials" / std::to_string(trial); }

fs::path trial_log(const fs::path& study, std::int64_t trial, std::int64_t attempt, bool of_stderr) {
  return trial_folder(study, trial) / fmt::format("{}.{}.log", of_stderr ? "stderr" : "stdout", attempt);
}

std::string display_path(const fs::path& path) {
  if (path.is_relative()) return path.string();
  const fs::path relative = path.lexically_relative(fs::current_path());
  return relative.empty() || *relative.begin() == ".." ? path.string() : relative.string();
}

std::vector<fs::path> studies_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    if (entry.is_directory(failure) && is_study(entry.path())) found.push_back(folder / entry.path().filename());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<fs::path> studies_below(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failure;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, failure);
  for (; entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
    if (failure || !entry->is_directory(failure) || entry->is_symlink(failure)) continue;
    const fs::path path = entry->path().lexically_normal();
    const bool is_hidden = path.filename().string().front() == '.';
    if (!is_hidden && is_study(path)) found.push_back(path);
    if (is_hidden || is_study(path)) entry.disable_recursion_pending();
  }
  if (is_study(folder)) found.push_back(folder);
  std::sort(found.begin(), found.end());
  return found;
}

fs::path find_study(const std::string& argument) {
  std::vector<std::string> known;
  for (const fs::path& study : studies_in("studies")) known.push_back(study.string());
  if (argument.empty()) {
    if (is_study(".")) return ".";
    if (known.size() == 1) return known.front();
    if (known.empty()) throw not_found("there is no study here: studies/ holds none", known, "");
    throw not_found("several studies are here; say which one", known, "");
  }
  const fs::path path(argument);
  if (fs::is_directory(path)) {
    if (is_study(path)) return path;
    throw not_found(fmt::format("`{}` is a folder without {}", argument, kStoreFile), known, argument);
  }
  if (!fs::exists(path)) throw not_found(fmt::format("there is no `{}`", without_controls(argument)), known, argument);
  if (path.filename() == kStoreFile) return path.has_parent_path() ? path.parent_path() : fs::path(".");
  return study_of_spec(argument);
}

}  // namespace hone
