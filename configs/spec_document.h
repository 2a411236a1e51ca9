#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "configs/toml_document.h"
#include "core/diagnostics.h"

namespace hone {

/// A spec's TOML after includes, ${env:…} and overrides, before anything is read from it.
struct SpecDocument {
  TomlNode root;
  /// Folder of every file that took part, by the name that stands in places.
  std::map<std::string, std::filesystem::path> folders;
  /// Where a file was included from; the first file has no entry.
  std::map<std::string, Place> included_from;
};

/// Parses the first file, expands ${env:…}, merges its includes below it: left to right, later wins, arrays are
/// replaced, at most 16 deep. All mistakes go to `diagnostics`; what could be read is returned.
SpecDocument load_document(const std::string& text, const std::string& file_name, const std::filesystem::path& folder,
                           Diagnostics& diagnostics);

/// Replaces ${env:NAME} and ${env:NAME:-default} in every text below `node`; a name that is not set and has no default
/// is spec::env-unset.
void expand_environment(TomlNode& node, Diagnostics& diagnostics);

/// Lays "a.b[2]=value" over the document; the value is TOML, a bare word is a text with the warning spec::bare-word.
/// Nodes made so have no line; their place's file is the override as written ("--set a.b[2]=value").
void apply_override(TomlNode& root, const std::string& assignment, Diagnostics& diagnostics);

/// Merges a whole TOML file, with its includes, over the document (--set-file).
void lay_file(SpecDocument& document, const std::string& file, Diagnostics& diagnostics);

/// Removes what a dotted path names (--unset); a path that names nothing is spec::bad-override.
void remove_path(TomlNode& root, const std::string& path, Diagnostics& diagnostics);

/// Lays `over` on `base`: tables member by member, all else replaced.
void merge_tables(TomlNode& base, TomlNode&& over);

}  // namespace hone
