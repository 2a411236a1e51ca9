#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "core/diagnostics.h"

namespace hone {

/// What a spec is read for: which sections must stand there, and which are left unread (cli.md §3 "Sections needed").
enum class SpecPurpose {
  run,       ///< objective, trainer, budget; for the built-in trainer dataset and model too
  ask_tell,  ///< space and objective; trainer, dataset, model, resources and compress are as if not written
  look,      ///< none: a study that was made by either is only looked at
};

/// What the command line adds to a spec file.
struct SpecOverrides {
  /// Laid in this order: `set_files` (TOML files, merged as a whole), `unset` (dotted paths removed), `set`.
  /// Each "a.b[2]=value"; the value is TOML, a bare word is a string with a warning.
  std::vector<std::string> set;
  SpecPurpose purpose = SpecPurpose::run;
  std::vector<std::string> set_files = {};
  std::vector<std::string> unset = {};
};

struct LoadedSpec {
  ExperimentSpec spec;
  Origins origins;
  /// All mistakes and warnings, in file order. `spec` may only be used when there is no error among them.
  Diagnostics diagnostics;
  /// The spec after includes and overrides as canonical TOML that loads equal; its SHA-256 is the study's identity.
  std::string resolved;
};

/// Reads a spec with its includes, ${env:…} and overrides, and checks all that can be known without data:
/// unknown keys, types, ranges, options the chosen kind does not read, values fixed and searched at once, sections
/// that are missing, expressions. Never throws for the user's mistakes; throws Error("file::unreadable") when the file
/// itself cannot be read.
LoadedSpec load_spec(const std::filesystem::path& file, const OptionTables& tables,
                     const SpecOverrides& overrides = {});

/// The same on a text; relative paths are taken from `folder`.
LoadedSpec load_spec_text(const std::string& text, const std::string& file_name, const std::filesystem::path& folder,
                          const OptionTables& tables, const SpecOverrides& overrides = {});

/// The place of a dotted path, falling back to its nearest written parent: for checks in layers above.
Place place_of(const Origins& origins, const std::string& path);
Place key_place_of(const Origins& origins, const std::string& path);

}  // namespace hone
