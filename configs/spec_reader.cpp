#include "configs/spec_reader.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"

namespace hone {
namespace {

std::vector<std::string> texts_of(std::span<const std::string_view> words) { return {words.begin(), words.end()}; }

bool has_word(const OptionInfo& option, std::string_view word) {
  const auto& words = option.limits.words;
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// A value as a user would write it, for messages.
std::string shown(const TomlNode& node) {
  if (const std::string* text = text_of(node)) return '"' + *text + '"';
  if (node.kind == TomlKind::integer || node.kind == TomlKind::number || node.kind == TomlKind::boolean) {
    return to_text(node.scalar);
  }
  return std::string(kind_words(node.kind));
}

/// What a bare number where a unit is needed could have meant.
std::string units_hint(FieldForm form, const TomlNode& node) {
  const std::string number = to_text(node.scalar);
  if (form == FieldForm::duration) return "write \"" + number + "s\", \"" + number + "m\" or \"" + number + "h\"";
  if (form == FieldForm::size) return "write \"" + number + "MiB\" or \"" + number + "GiB\"";
  return "write \"" + number + "%\"";
}

std::optional<double> parse_share(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  const auto percent = parse_number(text.substr(0, text.size() - 1));
  return percent ? std::optional(*percent / 100) : std::nullopt;
}

}  // namespace

const TomlNode* SpecReader::table_of(const TomlNode& parent, std::string_view name, const std::string& path) {
  const TomlEntry* entry = find_entry(parent, name);
  if (entry == nullptr) return nullptr;
  if (entry->value.kind == TomlKind::table) return &entry->value;
  wrong_type(entry->value, path, "a table");
  return nullptr;
}

void SpecReader::wrong_type(const TomlNode& node, const std::string& path, const std::string& wanted) {
  if (node.kind == TomlKind::refused) return;
  diagnostics_.error("spec::wrong-type", path + " must be " + wanted + " (is " + shown(node) + ")", node.place);
}

void SpecReader::report_missing(const TomlNode& table, const std::string& path, const OptionInfo& option) {
  diagnostics_.error("spec::missing-key", "[" + path + "] needs `" + option.name + "`: " + option.meaning, table.place);
}

void SpecReader::complain(const std::string& code, const OptionInfo& option, const TomlNode& node,
                          const ParamValue& value) {
  const auto complaint = hone::complaint_about(option, value);
  const std::string* word = text_of(node);
  diagnostics_.error(code, complaint.value_or(option.name + " is refused"), node.place,
                     word ? suggestion_for(*word, texts_of(option.limits.words)) : "");
}

std::optional<FieldValue> SpecReader::checked(const TomlNode& node, const OptionInfo& option, const ParamValue& value) {
  if (complaint_about(option, value)) {
    complain(option.type == OptionType::text ? "spec::unknown-word" : "spec::out-of-range", option, node, value);
    return std::nullopt;
  }
  if (option.type == OptionType::number) return as_number(value);
  return std::visit([](const auto& plain) { return FieldValue(plain); }, value);
}

/// A duration, size or share: a text with its unit.
std::optional<FieldValue> SpecReader::read_unit(const TomlNode& node, const OptionInfo& option) {
  if (node.kind == TomlKind::integer || node.kind == TomlKind::number) {
    diagnostics_.error("spec::bare-number",
                       option.name + " must be " + wanted_words(option) + " (is " + shown(node) + ")", node.place,
                       units_hint(option.form, node));
    return std::nullopt;
  }
  const std::string* text = text_of(node);
  if (text == nullptr) {
    wrong_type(node, option.name, wanted_words(option));
    return std::nullopt;
  }
  std::optional<ParamValue> value;
  if (option.form == FieldForm::size) {
    if (const auto bytes = parse_size_bytes(*text)) value = *bytes;
  } else if (const auto number =
                 option.form == FieldForm::duration ? parse_duration_seconds(*text) : parse_share(*text)) {
    value = *number;
  }
  if (!value) {
    wrong_type(node, option.name, wanted_words(option));
    return std::nullopt;
  }
  if (complaint_about(option, *value)) {
    std::string bound = option.limits.above_low ? "longer than 0" : "at least 0";
    if (option.form != FieldForm::duration) bound = "inside its range";
    diagnostics_.error("spec::out-of-range", option.name + " must be " + bound + " (is " + shown(node) + ")",
                       node.place);
    return std::nullopt;
  }
  return std::visit([](const auto& plain) { return FieldValue(plain); }, *value);
}

std::optional<FieldValue> SpecReader::read_list(const TomlNode& node, const OptionInfo& option) {
  const bool sizes = option.type == OptionType::sizes;
  if (node.kind != TomlKind::array) {
    wrong_type(node, option.name, wanted_words(option));
    return std::nullopt;
  }
  OptionInfo item = option;
  item.type = sizes ? OptionType::integer : OptionType::text;
  item.form = FieldForm::plain;
  std::vector<std::int64_t> integers;
  std::vector<std::string> texts;
  bool good = true;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const auto value = read_value(node.items[i], item, option.name + "[" + std::to_string(i) + "]");
    if (!value) {
      good = false;
    } else if (sizes) {
      integers.push_back(std::get<std::int64_t>(*value));
    } else {
      texts.push_back(std::get<std::string>(*value));
    }
  }
  if (!good) return std::nullopt;
  return sizes ? FieldValue(integers) : FieldValue(texts);
}

std::optional<FieldValue> SpecReader::read_value(const TomlNode& node, OptionInfo option, const std::string& path) {
  option.name = path;
  const std::string* text = text_of(node);
  const bool is_optional = option.type == OptionType::integer || option.type == OptionType::number;
  if (text != nullptr && is_optional && has_word(option, *text)) return FieldValue(std::monostate{});
  if (option.form == FieldForm::duration || option.form == FieldForm::size || option.form == FieldForm::share) {
    return read_unit(node, option);
  }
  if (option.type == OptionType::sizes || option.type == OptionType::texts) return read_list(node, option);
  if (option.form == FieldForm::column && node.kind == TomlKind::integer) return FieldValue(to_text(node.scalar));
  if (node.kind == TomlKind::boolean && has_word(option, "true")) return FieldValue(to_text(node.scalar));
  const bool scalar = text != nullptr || node.kind == TomlKind::integer || node.kind == TomlKind::number ||
                      node.kind == TomlKind::boolean;
  if (!scalar || !has_type(option, node.scalar)) {
    wrong_type(node, path, wanted_words(option));
    return std::nullopt;
  }
  return checked(node, option, node.scalar);
}

bool SpecReader::read_option(const TomlNode& table, const std::string& path, const OptionInfo& option,
                             OptionValues& values) {
  const TomlEntry* entry = find_entry(table, option.name);
  if (entry == nullptr) return false;
  const auto value = read_value(entry->value, option, path + "." + option.name);
  if (!value) return true;
  if (const auto* flag = std::get_if<bool>(&*value)) values[option.name] = *flag;
  if (const auto* integer = std::get_if<std::int64_t>(&*value)) values[option.name] = *integer;
  if (const auto* number = std::get_if<double>(&*value)) values[option.name] = *number;
  if (const auto* text = std::get_if<std::string>(&*value)) values[option.name] = *text;
  return true;
}

std::optional<ParamValue> SpecReader::read_scalar(const TomlNode& node, const std::string& path) {
  if (node.kind == TomlKind::text || node.kind == TomlKind::integer || node.kind == TomlKind::number ||
      node.kind == TomlKind::boolean) {
    return node.scalar;
  }
  wrong_type(node, path, "a number, a text or true or false");
  return std::nullopt;
}

std::optional<std::string> SpecReader::read_word(const TomlNode& node, std::span<const std::string> words,
                                                 const std::string& path) {
  const std::string* text = text_of(node);
  if (text == nullptr) {
    wrong_type(node, path, "one of " + join(words, ", "));
    return std::nullopt;
  }
  if (std::find(words.begin(), words.end(), *text) != words.end()) return *text;
  diagnostics_.error("spec::unknown-word", path + " must be one of " + join(words, ", ") + " (is " + *text + ")",
                     node.place, suggestion_for(*text, words));
  return std::nullopt;
}

void SpecReader::refuse_unknown(const TomlNode& table, const std::string& path, std::span<const std::string> known) {
  for (const TomlEntry& entry : table.entries) {
    if (std::find(known.begin(), known.end(), entry.name) != known.end()) continue;
    diagnostics_.error("spec::unknown-key", "unknown key `" + entry.name + "` in [" + path + "]", entry.key,
                       suggestion_for(entry.name, known));
  }
}

std::string SpecReader::absolute_path(const TomlNode& node) const {
  const std::string& text = *text_of(node);
  const auto folder = document_.folders.find(node.place.file);
  const bool from_file = !node.from_environment && node.from == "file" && folder != document_.folders.end();
  const std::filesystem::path base = from_file ? folder->second : std::filesystem::current_path();
  return std::filesystem::absolute(base / text).lexically_normal().string();
}

}  // namespace hone
