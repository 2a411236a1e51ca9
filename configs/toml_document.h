#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.h"
#include "core/param_value.h"

namespace hone {

/// What a node of a TOML document holds; `refused` was reported already and is skipped by every reader.
enum class TomlKind { table, array, text, integer, number, boolean, date, refused };

struct TomlEntry;

/// A TOML document as plain values with their places, free of the parser that made it: copying keeps everything.
struct TomlNode {
  TomlKind kind = TomlKind::table;
  /// Value of text, integer, number and boolean.
  ParamValue scalar;
  /// Members of an array.
  std::vector<TomlNode> items;
  /// Members of a table, in file order.
  std::vector<TomlEntry> entries;
  Place place;
  /// `file` or `--set`.
  std::string from = "file";
  /// The text held a ${env:…}: paths in it are relative to the working directory.
  bool from_environment = false;
};

struct TomlEntry {
  std::string name;
  Place key;
  TomlNode value;
};

/// Parses a text; `file_name` stands in every place. A syntax error (the parser finds only the first) is added to
/// `diagnostics` as spec::syntax and nothing returned; each nan or inf is spec::not-finite and its node `refused`.
std::optional<TomlNode> parse_toml(std::string_view text, const std::string& file_name, Diagnostics& diagnostics);

/// The member of a table by name; null when there is none or the node is no table.
const TomlEntry* find_entry(const TomlNode& table, std::string_view name);
TomlEntry* find_entry(TomlNode& table, std::string_view name);
/// Removes a member; nothing happens when there is none.
void erase_entry(TomlNode& table, std::string_view name);

/// A text node made by us, without a place.
TomlNode make_text_node(std::string text);
/// The text of a text node, else nothing.
const std::string* text_of(const TomlNode& node);
/// "a table", "an integer", …: for messages.
std::string_view kind_words(TomlKind kind);

/// Canonical TOML of a document that reads back equal: sections in the order of `section_order`, then by name; keys
/// sorted but for the members of [space], whose order is the order of the parameters; one line a key.
std::string write_toml(const TomlNode& document, const std::vector<std::string>& section_order);

}  // namespace hone
