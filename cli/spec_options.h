#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/console.h"
#include "configs/load_spec.h"

namespace CLI {
class App;
}

namespace hone {

/// Which spec a verb works with: a file or a command behind `--`, and what flags lay over it.
struct SpecOptions {
  std::string file;
  /// What stands behind `--`: program and arguments of a study without a file (cli.md §10).
  std::vector<std::string> command;
  std::vector<std::string> minimize;
  std::vector<std::string> maximize;
  std::vector<std::string> set;
  std::vector<std::string> set_files;
  std::vector<std::string> unset;
  std::optional<std::int64_t> trials;
  std::optional<std::int64_t> slots;
  std::string name;
  /// Warnings were shown before.
  bool quiet = false;

  bool has_file() const { return !file.empty(); }
};

/// Declares SPEC and the flags above on a verb.
void declare_spec_options(CLI::App& app, SpecOptions& options);

/// Loads the file, or makes a spec from the command, with all flags over it; warnings are shown. Throws with every
/// mistake; usage::arguments when there is neither file nor command, or a file and a command.
LoadedSpec load_spec(SpecOptions options, Console& console);

/// The flags as they are typed again, for a resume command; without the file and --new.
std::string flags_text(const SpecOptions& options);
/// A word of a shell: quoted where it must be.
std::string shell_word(const std::string& word);

}  // namespace hone
