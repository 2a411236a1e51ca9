#include <algorithm>

#include "configs/read_sections.h"
#include "core/text.h"

namespace hone {
namespace {

std::optional<ParamValue> read_number(SpecReader& reader, const TomlNode& node, const std::string& path,
                                      const ParameterSpec& spec, const ParamValue& value) {
  const bool is_int = spec.type == ParameterType::int_;
  if (!is_number(value) || (is_int && !std::holds_alternative<std::int64_t>(value))) {
    reader.wrong_type(node, path, is_int ? "an integer" : "a number");
    return std::nullopt;
  }
  const double number = as_number(value);
  const bool inside = (!spec.low || number >= *spec.low) && (!spec.high || number <= *spec.high);
  if (!inside && spec.low && spec.high) {
    reader.diagnostics().error("spec::out-of-range",
                               path + " must lie between " + to_text(*spec.low) + " and " + to_text(*spec.high) +
                                   " (is " + to_text(value) + ")",
                               node.place);
  }
  if (!inside) return std::nullopt;
  return is_int ? value : ParamValue(number);
}

std::optional<ParamValue> read_choice(SpecReader& reader, const TomlNode& node, const std::string& path,
                                      const ParameterSpec& spec, const ParamValue& value) {
  // Without choices the parameter is wrong itself.
  if (spec.choices.empty()) return std::nullopt;
  std::vector<std::string> texts;
  for (const ParamValue& choice : spec.choices) {
    if (is_same_value(choice, value)) return choice;
    texts.push_back(to_text(choice));
  }
  reader.diagnostics().error("spec::unknown-word",
                             path + " must be one of " + join(texts, ", ") + " (is " + to_text(value) + ")", node.place,
                             suggestion_for(to_text(value), texts));
  return std::nullopt;
}

}  // namespace

bool is_number(const ParamValue& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

bool is_same_value(const ParamValue& a, const ParamValue& b) {
  return is_number(a) && is_number(b) ? as_number(a) == as_number(b) : a == b;
}

std::optional<ParamValue> read_parameter_value(SpecReader& reader, const TomlNode& node, const std::string& path,
                                               const ParameterSpec& spec) {
  const auto value = reader.read_scalar(node, path);
  if (!value) return std::nullopt;
  switch (spec.type) {
    case ParameterType::bool_:
      if (std::holds_alternative<bool>(*value)) return value;
      reader.wrong_type(node, path, "true or false");
      return std::nullopt;
    case ParameterType::float_:
    case ParameterType::int_:
      return read_number(reader, node, path, spec, *value);
    case ParameterType::categorical:
    case ParameterType::ordinal:
      return read_choice(reader, node, path, spec, *value);
  }
  return std::nullopt;
}

}  // namespace hone
