#include <algorithm>
#include <map>

#include "configs/check_spec.h"
#include "configs/read_sections.h"
#include "core/text.h"

namespace hone {
namespace {

/// Words an expression would not read as a name.
constexpr std::string_view kKeywords[] = {"and", "or", "not", "in", "true", "false"};

bool is_identifier(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::string_view without_section(std::string_view name) {
  for (std::string_view section : {"model.", "trainer."}) {
    if (name.starts_with(section)) return name.substr(section.size());
  }
  return name;
}

bool check_name(SpecReader& reader, const TomlEntry& entry) {
  const bool keyword = std::find(std::begin(kKeywords), std::end(kKeywords), entry.name) != std::end(kKeywords);
  if (is_identifier(without_section(entry.name)) && !keyword) return true;
  reader.diagnostics().error(
      "spec::bad-name",
      keyword ? "`" + entry.name + "` is a word of expressions and cannot name a parameter"
              : "a parameter's name must be letters, digits and _, no digit first (is `" + entry.name + "`)",
      entry.key);
  return false;
}

}  // namespace

bool is_parameter_name(const std::string& name) {
  return is_identifier(name) && std::find(std::begin(kKeywords), std::end(kKeywords), name) == std::end(kKeywords);
}

void flatten_space(TomlNode& root) {
  TomlEntry* space = find_entry(root, "space");
  if (space == nullptr || space->value.kind != TomlKind::table) return;
  std::vector<TomlEntry> flat;
  for (TomlEntry& entry : space->value.entries) {
    const bool section = entry.name == "model" || entry.name == "trainer";
    const auto& below = entry.value.entries;
    const bool nested = section && !below.empty() && std::all_of(below.begin(), below.end(), [](const TomlEntry& one) {
                          return one.value.kind == TomlKind::table;
                        });
    if (!nested) {
      flat.push_back(std::move(entry));
      continue;
    }
    for (TomlEntry& inner : entry.value.entries) {
      inner.name = entry.name + "." + inner.name;
      flat.push_back(std::move(inner));
    }
  }
  space->value.entries = std::move(flat);
}

void read_space(SpecReader& reader, std::vector<ParameterSpec>& space) {
  const TomlNode* table = reader.table_of(reader.root(), "space", "[space]");
  if (table == nullptr) return;
  for (const TomlEntry& entry : table->entries) {
    const std::string path = "space." + entry.name;
    const bool well_named = check_name(reader, entry);
    if (entry.value.kind != TomlKind::table) {
      reader.wrong_type(entry.value, path, "a table such as {type = \"float\", low = 0.1, high = 1.0}");
      continue;
    }
    auto parameter = read_parameter(reader, entry.value, entry.name, path);
    if (parameter && well_named) space.push_back(std::move(*parameter));
  }
}

}  // namespace hone
