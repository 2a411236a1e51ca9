#pragma once

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "configs/experiment_spec.h"
#include "configs/fields.h"
#include "configs/spec_document.h"
#include "core/diagnostics.h"

namespace hone {

/// A value of a field as read; monostate is a word that stands for "nothing" (`slots = "auto"`).
using FieldValue = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::int64_t>,
                                std::vector<std::string>>;

/// Reads tables by their fields. Every mistake is added to the diagnostics with its place; nothing throws.
class SpecReader {
 public:
  SpecReader(const SpecDocument& document, const OptionTables& tables, Diagnostics& diagnostics)
      : document_(document), tables_(tables), diagnostics_(diagnostics) {}

  const TomlNode& root() const { return document_.root; }
  const OptionTables& tables() const { return tables_; }
  Diagnostics& diagnostics() { return diagnostics_; }

  /// The table of a section or sub-table; null (with an error when it is there but no table) otherwise.
  const TomlNode* table_of(const TomlNode& parent, std::string_view name, const std::string& path);

  /// Reads all fields that are written, reports required ones that are not.
  template <class Spec>
  void read_fields(const TomlNode& table, const std::string& path, std::span<const Field<Spec>> fields, Spec& spec);

  /// Reads one option of a kind into `values`; false when it is not written.
  bool read_option(const TomlNode& table, const std::string& path, const OptionInfo& option, OptionValues& values);

  /// The value of a node by an option, whose name is replaced by `path` in messages; nothing after an error.
  std::optional<FieldValue> read_value(const TomlNode& node, OptionInfo option, const std::string& path);
  /// A boolean, integer, number or text; nothing after an error.
  std::optional<ParamValue> read_scalar(const TomlNode& node, const std::string& path);
  /// A text out of `words`; nothing after an error.
  std::optional<std::string> read_word(const TomlNode& node, std::span<const std::string> words,
                                       const std::string& path);

  /// Every key of the table must be among `known`; others are spec::unknown-key with did-you-mean.
  void refuse_unknown(const TomlNode& table, const std::string& path, std::span<const std::string> known);
  void report_missing(const TomlNode& table, const std::string& path, const OptionInfo& option);
  void wrong_type(const TomlNode& node, const std::string& path, const std::string& wanted);

  /// An input path made absolute: relative to its file, or to the working directory when it came from ${env:…} or
  /// --set.
  std::string absolute_path(const TomlNode& node) const;

 private:
  std::optional<FieldValue> read_unit(const TomlNode& node, const OptionInfo& option);
  std::optional<FieldValue> read_list(const TomlNode& node, const OptionInfo& option);
  std::optional<FieldValue> checked(const TomlNode& node, const OptionInfo& option, const ParamValue& value);
  void complain(const std::string& code, const OptionInfo& option, const TomlNode& node, const ParamValue& value);

  const SpecDocument& document_;
  const OptionTables& tables_;
  Diagnostics& diagnostics_;
};

/// Names of the fields, for refuse_unknown.
template <class Spec>
std::vector<std::string> field_names(std::span<const Field<Spec>> fields) {
  std::vector<std::string> names;
  for (const Field<Spec>& field : fields) names.emplace_back(field.name);
  return names;
}

namespace spec_reader_detail {

template <class T>
void assign(T& target, const FieldValue& value) {
  if constexpr (std::is_same_v<T, std::optional<std::int64_t>> || std::is_same_v<T, std::optional<double>>) {
    if (std::holds_alternative<std::monostate>(value)) {
      target.reset();
    } else {
      target = std::get<typename T::value_type>(value);
    }
  } else {
    target = std::get<T>(value);
  }
}

}  // namespace spec_reader_detail

template <class Spec>
void SpecReader::read_fields(const TomlNode& table, const std::string& path, std::span<const Field<Spec>> fields,
                             Spec& spec) {
  for (const Field<Spec>& field : fields) {
    const OptionInfo option = fields_detail::describe(field);
    const TomlEntry* entry = find_entry(table, field.name);
    if (entry == nullptr) {
      if (field.limits.required) report_missing(table, path, option);
      continue;
    }
    const auto value = read_value(entry->value, option, path + "." + option.name);
    if (!value) continue;
    std::visit([&](auto member) { spec_reader_detail::assign(spec.*member, *value); }, field.member);
  }
}

}  // namespace hone
