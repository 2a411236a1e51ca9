#include "configs/toml_document.h"

#include <algorithm>
#include <cmath>

#include "configs/toml_parser.h"
#include "core/unicode.h"

namespace hone {
namespace {

Place place_from(const toml::source_region& region, const std::string& file_name) {
  Place place;
  place.file = file_name;
  place.line = static_cast<int>(region.begin.line);
  place.column = static_cast<int>(region.begin.column);
  place.end_line = static_cast<int>(region.end.line);
  place.end_column = static_cast<int>(region.end.column);
  return place;
}

/// Turns toml++ nodes into ours, so that its rules of copying and its headers stay in this file.
class Converter {
 public:
  Converter(const std::string& file_name, Diagnostics& diagnostics)
      : file_name_(file_name), diagnostics_(diagnostics) {}

  TomlNode convert(const toml::node& node, const std::string& path) {
    TomlNode result;
    result.place = place_from(node.source(), file_name_);
    if (const auto* table = node.as_table()) {
      convert_table(*table, path, result);
    } else if (const auto* array = node.as_array()) {
      result.kind = TomlKind::array;
      for (const toml::node& item : *array) {
        result.items.push_back(convert(item, path + "[" + std::to_string(result.items.size()) + "]"));
      }
    } else {
      convert_scalar(node, path, result);
    }
    return result;
  }

 private:
  void convert_table(const toml::table& table, const std::string& path, TomlNode& result) {
    result.kind = TomlKind::table;
    for (const auto& [key, value] : table) {
      const std::string name(key.str());
      TomlEntry entry;
      entry.name = name;
      entry.key = place_from(key.source(), file_name_);
      entry.value = convert(value, path.empty() ? name : path + "." + name);
      result.entries.push_back(std::move(entry));
    }
    // toml++ sorts by name; the order of parameters is the user's.
    std::stable_sort(result.entries.begin(), result.entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
      return std::pair(a.key.line, a.key.column) < std::pair(b.key.line, b.key.column);
    });
  }

  void convert_scalar(const toml::node& node, const std::string& path, TomlNode& result) {
    if (const auto* text = node.as_string()) {
      result.kind = TomlKind::text;
      result.scalar = text->get();
    } else if (const auto* integer = node.as_integer()) {
      result.kind = TomlKind::integer;
      result.scalar = integer->get();
    } else if (const auto* boolean = node.as_boolean()) {
      result.kind = TomlKind::boolean;
      result.scalar = boolean->get();
    } else if (const auto* number = node.as_floating_point()) {
      result.kind = std::isfinite(number->get()) ? TomlKind::number : TomlKind::refused;
      result.scalar = number->get();
      if (result.kind == TomlKind::refused) {
        diagnostics_.error("spec::not-finite", path + " must be a finite number (is " + to_text(number->get()) + ")",
                           result.place);
        result.scalar = 0.0;
      }
    } else {
      result.kind = TomlKind::date;
    }
  }

  const std::string& file_name_;
  Diagnostics& diagnostics_;
};

/// The parser gives up on this text without saying where.
bool fails_without_place(std::string_view text) {
  try {
    static_cast<void>(toml::parse(text));
  } catch (const toml::parse_error& problem) {
    return problem.source().begin.line == 0;
  }
  return false;
}

/// Where the parser gave up without saying so: the last character of the shortest text for which it does.
Place place_of_failure(std::string_view text, const std::string& file_name) {
  std::size_t good = 0;
  std::size_t bad = text.size();
  while (bad - good > 1) {
    const std::size_t middle = good + (bad - good) / 2;
    (fails_without_place(text.substr(0, middle)) ? bad : good) = middle;
  }
  const std::string_view before = text.substr(0, good);
  const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  Place place;
  place.file = file_name;
  place.line = place.end_line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  place.column = 1 + static_cast<int>(to_code_points(before.substr(line_start)).size());
  place.end_column = place.column + 1;
  return place;
}

template <class Table>
auto* find_in(Table& table, std::string_view name) {
  using Entry = std::remove_reference_t<decltype(table.entries.front())>;
  const auto found = std::find_if(table.entries.begin(), table.entries.end(),
                                  [&](const TomlEntry& entry) { return entry.name == name; });
  return found == table.entries.end() ? static_cast<Entry*>(nullptr) : &*found;
}

}  // namespace

void throw_toml_assertion() {
  throw toml::parse_error("a value is missing before this character", toml::source_region{});
}

std::optional<TomlNode> parse_toml(std::string_view text, const std::string& file_name, Diagnostics& diagnostics) {
  try {
    const toml::table table = toml::parse(text, std::string_view(file_name));
    return Converter(file_name, diagnostics).convert(table, "");
  } catch (const toml::parse_error& problem) {
    const bool has_place = problem.source().begin.line > 0;
    diagnostics.error("spec::syntax", "this is no TOML: " + std::string(problem.description()),
                      has_place ? place_from(problem.source(), file_name) : place_of_failure(text, file_name));
    return std::nullopt;
  }
}

const TomlEntry* find_entry(const TomlNode& table, std::string_view name) { return find_in(table, name); }
TomlEntry* find_entry(TomlNode& table, std::string_view name) { return find_in(table, name); }

void erase_entry(TomlNode& table, std::string_view name) {
  std::erase_if(table.entries, [&](const TomlEntry& entry) { return entry.name == name; });
}

TomlNode make_text_node(std::string text) {
  TomlNode node;
  node.kind = TomlKind::text;
  node.scalar = std::move(text);
  return node;
}

const std::string* text_of(const TomlNode& node) {
  return node.kind == TomlKind::text ? std::get_if<std::string>(&node.scalar) : nullptr;
}

std::string_view kind_words(TomlKind kind) {
  switch (kind) {
    case TomlKind::table:
      return "a table";
    case TomlKind::array:
      return "a list";
    case TomlKind::text:
      return "a text";
    case TomlKind::integer:
      return "an integer";
    case TomlKind::number:
      return "a number";
    case TomlKind::boolean:
      return "true or false";
    case TomlKind::date:
      return "a date or time";
    case TomlKind::refused:
      return "not a finite number";
  }
  return "";
}

}  // namespace hone
