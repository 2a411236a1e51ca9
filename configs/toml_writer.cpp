#include <fmt/format.h>

#include <algorithm>

#include "configs/toml_document.h"
#include "core/unicode.h"

namespace hone {
namespace {

bool is_bare_key(const std::string& name) {
  const auto bare = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), bare);
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (char32_t point : to_code_points(text)) {
    if (point == U'"' || point == U'\\') {
      result += '\\';
      append_utf8(result, point);
    } else if (point < 0x20 || (point >= 0x7F && point < 0xA0)) {
      result += fmt::format("\\u{:04X}", static_cast<unsigned>(point));
    } else {
      append_utf8(result, point);
    }
  }
  return result + '"';
}

std::string key_text(const std::string& name) { return is_bare_key(name) ? name : quoted(name); }

/// A float keeps its type: "3.0", never "3".
std::string float_text(double value) {
  std::string text = to_text(value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::vector<const TomlEntry*> sorted_entries(const TomlNode& table) {
  std::vector<const TomlEntry*> entries;
  for (const TomlEntry& entry : table.entries) entries.push_back(&entry);
  std::sort(entries.begin(), entries.end(), [](const TomlEntry* a, const TomlEntry* b) { return a->name < b->name; });
  return entries;
}

std::string value_text(const TomlNode& node);

std::string inline_table(const TomlNode& table) {
  std::string text;
  for (const TomlEntry* entry : sorted_entries(table)) {
    text += (text.empty() ? "" : ", ") + key_text(entry->name) + " = " + value_text(entry->value);
  }
  return "{" + text + "}";
}

std::string value_text(const TomlNode& node) {
  switch (node.kind) {
    case TomlKind::table:
      return inline_table(node);
    case TomlKind::array: {
      std::string text;
      for (const TomlNode& item : node.items) text += (text.empty() ? "" : ", ") + value_text(item);
      return "[" + text + "]";
    }
    case TomlKind::text:
      return quoted(std::get<std::string>(node.scalar));
    case TomlKind::number:
      return float_text(std::get<double>(node.scalar));
    case TomlKind::integer:
    case TomlKind::boolean:
      return to_text(node.scalar);
    case TomlKind::date:
    case TomlKind::refused:
      break;
  }
  // Neither is ever part of a spec without errors.
  return "\"\"";
}

void write_section(const TomlEntry& section, std::string& text) {
  text += "\n[" + key_text(section.name) + "]\n";
  const auto write_entry = [&](const TomlEntry& entry) {
    text += key_text(entry.name) + " = " + value_text(entry.value) + "\n";
  };
  if (section.name == "space") {
    for (const TomlEntry& entry : section.value.entries) write_entry(entry);
  } else {
    for (const TomlEntry* entry : sorted_entries(section.value)) write_entry(*entry);
  }
}

}  // namespace

std::string write_toml(const TomlNode& document, const std::vector<std::string>& section_order) {
  const auto rank = [&](const TomlEntry* entry) {
    return std::find(section_order.begin(), section_order.end(), entry->name) - section_order.begin();
  };
  std::vector<const TomlEntry*> entries = sorted_entries(document);
  std::stable_sort(entries.begin(), entries.end(),
                   [&](const TomlEntry* a, const TomlEntry* b) { return rank(a) < rank(b); });
  std::string text;
  for (const TomlEntry* entry : entries) {
    if (entry->value.kind != TomlKind::table) {
      text += key_text(entry->name) + " = " + value_text(entry->value) + "\n";
    }
  }
  for (const TomlEntry* entry : entries) {
    if (entry->value.kind == TomlKind::table) write_section(*entry, text);
  }
  if (text.starts_with('\n')) text.erase(0, 1);
  return text;
}

}  // namespace hone
