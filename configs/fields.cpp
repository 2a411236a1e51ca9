#include "configs/fields.h"

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

std::optional<std::string> complaint_about_number(const OptionInfo& option, double value) {
  const Limits& limits = option.limits;
  if (!std::isfinite(value)) return option.name + " must be a finite number";
  if (limits.low && (value < *limits.low || (limits.above_low && value == *limits.low))) {
    return option.name + " must be " + (limits.above_low ? "above " : "at least ") + to_text(*limits.low) + " (is " +
           to_text(value) + ")";
  }
  if (limits.high && value > *limits.high) {
    return option.name + " must be at most " + to_text(*limits.high) + " (is " + to_text(value) + ")";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> complaint_about(const OptionInfo& option, const ParamValue& value) {
  const bool fits = (option.type == OptionType::boolean && std::holds_alternative<bool>(value)) ||
                    (option.type == OptionType::integer && std::holds_alternative<std::int64_t>(value)) ||
                    (option.type == OptionType::number &&
                     (std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value))) ||
                    (option.type == OptionType::text && std::holds_alternative<std::string>(value));
  if (!fits) {
    return option.name + " must be " + std::string(type_words(option.type)) + " (is " + to_text(value) + ")";
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (option.limits.words.empty()) return std::nullopt;
    std::string words;
    for (std::string_view word : option.limits.words) {
      if (word == *text) return std::nullopt;
      words += (words.empty() ? "" : ", ") + std::string(word);
    }
    return option.name + " must be one of " + words + " (is " + *text + ")";
  }
  if (std::holds_alternative<bool>(value)) return std::nullopt;
  return complaint_about_number(option, as_number(value));
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
