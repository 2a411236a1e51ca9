#include "cli/code_identity.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "cli/program_run.h"
#include "core/files.h"
#include "core/hash.h"
#include "core/process.h"
#include "core/text.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kDigits = 12;
/// A larger argument is data, a larger program is known by size and time.
constexpr std::uintmax_t kLargestScript = 4U << 20;
constexpr std::uintmax_t kLargestProgram = 32U << 20;
constexpr double kGitSeconds = 10;

std::string short_hash(const std::string& bytes) { return sha256(bytes).substr(0, kDigits); }

std::optional<fs::path> find_program(const std::string& name, const fs::path& folder, const std::string& path) {
  std::error_code failure;
  if (name.find('/') != std::string::npos) {
    const fs::path file = folder / name;
    return fs::is_regular_file(file, failure) ? std::optional(file) : std::nullopt;
  }
  for (const std::string& place : split(path, ':')) {
    const fs::path file = fs::path(place) / name;
    if (!place.empty() && fs::is_regular_file(file, failure)) return file;
  }
  return std::nullopt;
}

std::optional<std::string> program_hash(const fs::path& file) {
  std::error_code failure;
  const std::uintmax_t size = fs::file_size(file, failure);
  if (failure) return std::nullopt;
  if (size <= kLargestProgram) {
    const auto bytes = read_file_if_there(file);
    return bytes ? std::optional(short_hash(*bytes)) : std::nullopt;
  }
  const auto written = fs::last_write_time(file, failure).time_since_epoch().count();
  return short_hash(std::to_string(size) + " " + std::to_string(written));
}

/// Text files only: a model or a data set among the arguments is no code.
std::optional<std::string> script_hash(const fs::path& file) {
  std::error_code failure;
  if (!fs::is_regular_file(file, failure)) return std::nullopt;
  if (fs::file_size(file, failure) > kLargestScript || failure) return std::nullopt;
  const auto text = read_file_if_there(file);
  if (!text || text->find('\0') != std::string::npos) return std::nullopt;
  return short_hash(*text);
}

/// What git answers; nothing outside of a repository or without git.
std::optional<std::string> ask_git(const fs::path& folder, std::vector<std::string> arguments) {
  ProcessOptions git;
  git.argv = {"git"};
  git.argv.insert(git.argv.end(), arguments.begin(), arguments.end());
  git.environment = current_environment();
  git.environment["GIT_OPTIONAL_LOCKS"] = "0";
  git.folder = folder;
  try {
    const auto finished = run_to_end(git, "", kGitSeconds);
    if (!finished || !finished->succeeded()) return std::nullopt;
    return finished->out;
  } catch (const Error&) {
    return std::nullopt;
  }
}

void add_git(const fs::path& folder, std::map<std::string, std::string>& parts) {
  const auto commit = ask_git(folder, {"rev-parse", "--verify", "-q", "HEAD"});
  if (!commit) return;
  parts["git commit"] = std::string(trim(*commit)).substr(0, kDigits);
  const auto changes = ask_git(folder, {"diff", "--no-ext-diff", "--no-color", "--binary", "HEAD"});
  if (changes && !changes->empty()) parts["git changes"] = short_hash(*changes);
}

}  // namespace

CodeIdentity code_identity(const ExperimentSpec& spec) {
  CodeIdentity identity;
  if (spec.trainer.kind != "command") return identity;
  const fs::path folder = spec.trainer.cwd == "{folder}" ? fs::current_path() : fs::path(spec.trainer.cwd);
  const std::vector<std::string>& command = spec.trainer.command;
  std::map<std::string, std::string> environment = current_environment();
  for (const auto& [name, value] : spec.trainer.env) environment[name] = value;
  if (const auto program = find_program(command.front(), folder, environment["PATH"])) {
    if (const auto hash = program_hash(*program)) identity.parts[command.front()] = *hash;
  }
  for (std::size_t i = 1; i < command.size(); ++i) {
    if (command[i].find('{') != std::string::npos) continue;
    if (const auto hash = script_hash(folder / command[i])) identity.parts[command[i]] = *hash;
  }
  add_git(folder, identity.parts);
  std::string all;
  for (const auto& [name, hash] : identity.parts) all += name + "=" + hash + "\n";
  identity.hash = short_hash(all);
  return identity;
}

std::string code_changes(const std::map<std::string, std::string>& before,
                         const std::map<std::string, std::string>& after) {
  std::set<std::string> changed;
  for (const auto& [name, hash] : before) {
    const auto now = after.find(name);
    if (now == after.end() || now->second != hash) changed.insert(name);
  }
  for (const auto& [name, hash] : after) {
    if (!before.contains(name)) changed.insert(name);
  }
  return join(std::vector<std::string>(changed.begin(), changed.end()), ", ");
}

}  // namespace hone
