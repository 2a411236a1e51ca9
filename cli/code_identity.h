#pragma once

#include <map>
#include <string>

#include "configs/experiment_spec.h"

namespace hone {

/// What a command's trials run beside the spec (cli.md §5): a study whose spec is the same may run other code now.
struct CodeIdentity {
  /// 12 hex digits over all parts; empty for built-in trainers, which come with the build.
  std::string hash;
  /// Hashes of the program, of the script files among the arguments by their names, and, in a git repository, of
  /// `git commit` and `git changes` (tracked files that differ from it).
  std::map<std::string, std::string> parts;
};

/// Reads files and asks git, which may be missing. `spec` as loaded: cwd is absolute or "{folder}".
CodeIdentity code_identity(const ExperimentSpec& spec);

/// "train.py, git commit": the parts that differ.
std::string code_changes(const std::map<std::string, std::string>& before,
                         const std::map<std::string, std::string>& after);

}  // namespace hone
