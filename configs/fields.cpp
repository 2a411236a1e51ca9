#include "configs/fields.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"

namespace hone {
namespace {

std::string quoted(const std::string& text) { return '"' + text + '"'; }

std::string number_text(FieldForm form, double value) {
  if (form == FieldForm::duration) return quoted(to_text(value) + "s");
  if (form == FieldForm::share) return quoted(to_text(value * 100) + "%");
  return to_text(value);
}

std::string_view type_words(OptionType type) {
  switch (type) {
    case OptionType::boolean:
      return "true or false";
    case OptionType::integer:
      return "an integer";
    case OptionType::number:
      return "a number";
    case OptionType::text:
      return "a text in quotes";
    case OptionType::sizes:
      return "a list of integers";
    case OptionType::texts:
      return "a list of texts";
  }
  return "";
}

std::string listed(std::span<const std::string_view> words) {
  const std::vector<std::string> texts(words.begin(), words.end());
  return join(texts, ", ");
}

std::optional<std::string> complaint_about_number(const OptionInfo& option, const ParamValue& written) {
  const Limits& limits = option.limits;
  const double value = as_number(written);
  if (!std::isfinite(value)) return option.name + " must be a finite number";
  if (limits.low && (value < *limits.low || (limits.above_low && value == *limits.low))) {
    return option.name + " must be " + (limits.above_low ? "above " : "at least ") + to_text(*limits.low) + " (is " +
           to_text(written) + ")";
  }
  if (limits.high && value > *limits.high) {
    return option.name + " must be at most " + to_text(*limits.high) + " (is " + to_text(written) + ")";
  }
  return std::nullopt;
}

}  // namespace

bool has_type(const OptionInfo& option, const ParamValue& value) {
  switch (option.type) {
    case OptionType::boolean:
      return std::holds_alternative<bool>(value);
    case OptionType::integer:
      return std::holds_alternative<std::int64_t>(value);
    case OptionType::number:
      return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
    case OptionType::text:
      return std::holds_alternative<std::string>(value);
    case OptionType::sizes:
    case OptionType::texts:
      return false;
  }
  return false;
}

std::string wanted_words(const OptionInfo& option) {
  if (option.form == FieldForm::duration) return "a duration such as \"30m\"";
  if (option.form == FieldForm::size) return "a size such as \"2GiB\"";
  if (option.form == FieldForm::share) return "a share such as \"20%\"";
  if (option.form == FieldForm::column) return "a column's name or number";
  if (option.type == OptionType::text && !option.limits.words.empty()) {
    return "one of " + listed(option.limits.words);
  }
  return std::string(type_words(option.type));
}

std::optional<std::string> complaint_about(const OptionInfo& option, const ParamValue& value) {
  if (!has_type(option, value)) {
    return option.name + " must be " + std::string(type_words(option.type)) + " (is " + to_text(value) + ")";
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (option.limits.words.empty()) return std::nullopt;
    const auto& words = option.limits.words;
    if (std::find(words.begin(), words.end(), *text) != words.end()) return std::nullopt;
    return option.name + " must be one of " + listed(words) + " (is " + *text + ")";
  }
  if (std::holds_alternative<bool>(value)) return std::nullopt;
  return complaint_about_number(option, value);
}

namespace fields_detail {

std::string default_text(FieldForm, bool value) { return value ? "true" : "false"; }
std::string default_text(FieldForm form, std::int64_t value) {
  return form == FieldForm::size ? quoted(format_bytes(value)) : std::to_string(value);
}
std::string default_text(FieldForm form, double value) { return number_text(form, value); }
std::string default_text(FieldForm, const std::string& value) { return quoted(value); }
std::string default_text(FieldForm form, const std::optional<std::int64_t>& value) {
  return value ? default_text(form, *value) : "none";
}
std::string default_text(FieldForm form, const std::optional<double>& value) {
  return value ? number_text(form, *value) : "none";
}
std::string default_text(FieldForm, const std::vector<std::int64_t>& value) {
  std::vector<std::string> parts;
  for (std::int64_t part : value) parts.push_back(std::to_string(part));
  return "[" + join(parts, ", ") + "]";
}
std::string default_text(FieldForm, const std::vector<std::string>& value) {
  std::vector<std::string> parts;
  for (const std::string& part : value) parts.push_back(quoted(part));
  return "[" + join(parts, ", ") + "]";
}

void throw_unknown_option(const std::string& name) {
  throw Error("spec::unknown-option", "unknown option `" + name + "`");
}

void require_fits(const OptionInfo& option, const ParamValue& value) {
  if (const auto complaint = complaint_about(option, value)) throw Error("spec::bad-option", *complaint);
}

}  // namespace fields_detail
}  // namespace hone
