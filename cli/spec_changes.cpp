#include "cli/spec_changes.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/format.h"
#include "configs/toml_document.h"
#include "core/text.h"

namespace hone {

namespace {

using FlatSpec = std::map<std::string, std::string>;

std::string value_text(const TomlNode& node) {
  if (node.kind != TomlKind::array) return to_toml_value(node.scalar);
  std::vector<std::string> parts;
  for (const TomlNode& item : node.items) parts.push_back(value_text(item));
  return "[" + join(parts, ", ") + "]";
}

bool has_tables(const TomlNode& node) {
  return std::any_of(node.items.begin(), node.items.end(),
                     [](const TomlNode& item) { return item.kind == TomlKind::table; });
}

void flatten(const TomlNode& table, const std::string& prefix, FlatSpec& flat) {
  for (const TomlEntry& entry : table.entries) {
    const std::string path = prefix.empty() ? entry.name : prefix + "." + entry.name;
    if (entry.value.kind == TomlKind::table) {
      flatten(entry.value, path, flat);
    } else if (has_tables(entry.value)) {
      for (std::size_t i = 0; i < entry.value.items.size(); ++i) {
        const std::string item = fmt::format("{}[{}]", path, i);
        if (entry.value.items[i].kind == TomlKind::table) {
          flatten(entry.value.items[i], item, flat);
        } else {
          flat[item] = value_text(entry.value.items[i]);
        }
      }
    } else {
      flat[path] = value_text(entry.value);
    }
  }
}

bool is_harmless(const std::string& path) {
  for (const std::string_view section :
       {"budget.", "resources.", "report.", "compress.", "study.tags", "study.on_finish"}) {
    if (path.rfind(section, 0) == 0) return true;
  }
  return false;
}

std::string or_not_set(const std::string& text) { return text.empty() ? "not set" : text; }

}  // namespace

std::map<std::string, std::string> flat_values(const std::string& resolved) {
  Diagnostics diagnostics;
  FlatSpec flat;
  if (const auto document = parse_toml(resolved, "spec", diagnostics)) flatten(*document, "", flat);
  return flat;
}

std::vector<SpecChange> spec_changes(const std::string& before, const std::string& after) {
  const FlatSpec old_spec = flat_values(before);
  const FlatSpec new_spec = flat_values(after);
  std::vector<SpecChange> changes;
  for (const auto& [path, value] : old_spec) {
    const auto found = new_spec.find(path);
    const std::string now = found == new_spec.end() ? "" : found->second;
    if (now != value) changes.push_back({path, value, now, is_harmless(path)});
  }
  for (const auto& [path, value] : new_spec) {
    if (old_spec.find(path) == old_spec.end()) changes.push_back({path, "", value, is_harmless(path)});
  }
  return changes;
}

void require_harmless(const std::vector<SpecChange>& changes, const LoadedSpec& loaded) {
  std::vector<Diagnostic> diagnostics;
  for (const SpecChange& change : changes) {
    if (change.harmless) continue;
    Diagnostic diagnostic;
    diagnostic.code = "study::changed-spec";
    diagnostic.message = fmt::format("`{}` is {} now, but the study began with {}", change.path,
                                     or_not_set(change.after), or_not_set(change.before));
    diagnostic.place = place_of(loaded.origins, change.path);
    diagnostics.push_back(diagnostic);
  }
  if (diagnostics.empty()) return;
  diagnostics.back().notes.push_back(
      "help: --new NAME starts another study, --fresh moves the old one aside and starts again");
  throw Error(diagnostics);
}

std::string changes_text(const std::vector<SpecChange>& changes) {
  std::vector<std::string> parts;
  for (const SpecChange& change : changes) {
    parts.push_back(fmt::format("{} {} -> {}", change.path, or_not_set(change.before), or_not_set(change.after)));
  }
  return join(parts, ", ");
}

}  // namespace hone
