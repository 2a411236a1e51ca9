#include "search/trial/space_parameter.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "core/text.h"

namespace hone {
namespace {

bool is_numeric(const ParameterSpec& spec) {
  return spec.type == ParameterType::float_ || spec.type == ParameterType::int_;
}

/// Distance of two levels; 0 for a continuous parameter.
double step_of(const ParameterSpec& spec) { return spec.step.value_or(spec.type == ParameterType::int_ ? 1.0 : 0.0); }

std::int64_t count_levels(const ParameterSpec& spec) {
  if (spec.type == ParameterType::bool_) return 2;
  if (!is_numeric(spec)) return static_cast<std::int64_t>(spec.choices.size());
  if (*spec.low == *spec.high) return 1;
  const double step = step_of(spec);
  // The small surplus keeps 0.3 among 0, 0.1, 0.2, 0.3.
  return step > 0 ? static_cast<std::int64_t>(std::floor((*spec.high - *spec.low) / step + 1e-9)) + 1 : 0;
}

/// low + k·step as a person would write it: 0.3, not 0.30000000000000004.
double without_dust(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 15);
  std::from_chars(text, end.ptr, value);
  return value;
}

bool is_text(const ParamValue& value) { return std::holds_alternative<std::string>(value); }

std::string bound_text(const ParameterSpec& spec, double bound) {
  return spec.type == ParameterType::int_ ? std::to_string(static_cast<std::int64_t>(bound)) : to_text(bound);
}

std::string choices_text(const std::vector<ParamValue>& choices) {
  std::vector<std::string> texts;
  for (const ParamValue& choice : choices) texts.push_back("`" + to_text(choice) + "`");
  return join(texts, ", ");
}

/// 64 and 64.0 are the same choice, 1 and true are not.
bool same_choice(const ParamValue& a, const ParamValue& b) {
  if (a.index() == b.index()) return a == b;
  const auto is_number = [](const ParamValue& v) {
    return std::holds_alternative<std::int64_t>(v) || std::holds_alternative<double>(v);
  };
  return is_number(a) && is_number(b) && as_number(a) == as_number(b);
}

/// Lays the levels of numeric choices on their scale. The outer levels reach as far out as in.
void place_choices(SpaceParameter& parameter) {
  const ParameterSpec& spec = parameter.spec;
  const Scale scale(spec.log, as_number(spec.choices.front()), as_number(spec.choices.back()), /*step=*/0);
  std::vector<double>& places = parameter.places;
  for (const ParamValue& choice : spec.choices) places.push_back(scale.to_unit(as_number(choice)));
  const double start = places[0] - (places[1] - places[0]) / 2;
  const double end = places.back() + (places.back() - places[places.size() - 2]) / 2;
  for (double& place : places) place = (place - start) / (end - start);
  parameter.borders = {0};
  for (std::size_t i = 1; i < places.size(); ++i) parameter.borders.push_back((places[i - 1] + places[i]) / 2);
  parameter.borders.push_back(1);
}

}  // namespace

SpaceParameter SpaceParameter::make(const ParameterSpec& spec) {
  SpaceParameter parameter;
  parameter.spec = spec;
  parameter.levels = count_levels(spec);
  if (is_numeric(spec) && parameter.levels != 1) {
    // The last level of a step that does not divide the range lies below `high`.
    const double step = step_of(spec);
    const double high = step > 0 ? *spec.low + static_cast<double>(parameter.levels - 1) * step : *spec.high;
    parameter.scale = Scale(spec.log, *spec.low, high, step);
  }
  if (spec.type == ParameterType::ordinal && spec.log != LogScale::none) place_choices(parameter);
  return parameter;
}

bool SpaceParameter::is_unordered() const {
  return spec.type == ParameterType::bool_ || spec.type == ParameterType::categorical;
}

std::int64_t SpaceParameter::level_of(const ParamValue& value) const {
  if (levels == 0) return -1;
  if (spec.type == ParameterType::bool_) return std::holds_alternative<bool>(value) ? std::get<bool>(value) : -1;
  if (is_numeric(spec)) {
    if (is_text(value)) return -1;
    if (levels == 1) return 0;
    const double level = std::round((as_number(value) - *spec.low) / step_of(spec));
    return static_cast<std::int64_t>(std::clamp(level, 0.0, static_cast<double>(levels - 1)));
  }
  for (std::size_t i = 0; i < spec.choices.size(); ++i) {
    if (same_choice(spec.choices[i], value)) return static_cast<std::int64_t>(i);
  }
  return -1;
}

ParamValue SpaceParameter::value_of_level(std::int64_t level) const {
  if (spec.type == ParameterType::bool_) return level == 1;
  if (!is_numeric(spec)) return spec.choices.at(static_cast<std::size_t>(level));
  const double value = *spec.low + static_cast<double>(level) * step_of(spec);
  if (spec.type == ParameterType::int_) return static_cast<std::int64_t>(value);
  return std::clamp(without_dust(value), *spec.low, *spec.high);
}

std::pair<double, double> SpaceParameter::unit_interval(std::int64_t level) const {
  if (!borders.empty())
    return {borders.at(static_cast<std::size_t>(level)), borders.at(static_cast<std::size_t>(level) + 1)};
  const auto low = static_cast<double>(level) / static_cast<double>(levels);
  const auto high = static_cast<double>(level + 1) / static_cast<double>(levels);
  if (!scale || spec.log == LogScale::none) return {low, high};
  // The outer bounds are 0 and 1 by construction; computing them would leave a rounding error.
  const double value = *spec.low + static_cast<double>(level) * step_of(spec);
  const double half = step_of(spec) / 2;
  return {level == 0 ? 0.0 : scale->to_unit(value - half), level == levels - 1 ? 1.0 : scale->to_unit(value + half)};
}

ParamValue SpaceParameter::value_at(double unit) const {
  if (!borders.empty()) {
    const auto above = std::upper_bound(borders.begin() + 1, borders.end() - 1, unit);
    return value_of_level(above - borders.begin() - 1);
  }
  if (!scale) {
    const auto level = static_cast<std::int64_t>(unit * static_cast<double>(levels));
    return value_of_level(std::clamp<std::int64_t>(level, 0, levels - 1));
  }
  const double value = scale->from_unit(unit);
  if (levels == 0) return std::clamp(value, *spec.low, *spec.high);
  const double level = std::floor((value - *spec.low) / step_of(spec) + 0.5);
  return value_of_level(static_cast<std::int64_t>(std::clamp(level, 0.0, static_cast<double>(levels - 1))));
}

double SpaceParameter::unit_of(const ParamValue& value) const {
  if (scale && !is_text(value)) return std::clamp(scale->to_unit(as_number(value)), 0.0, 1.0);
  const std::int64_t level = std::max<std::int64_t>(level_of(value), 0);
  if (!places.empty()) return places[static_cast<std::size_t>(level)];
  return (static_cast<double>(level) + 0.5) / static_cast<double>(levels);
}

std::optional<ParamValue> SpaceParameter::value_of_text(const std::string& text) const {
  const std::optional<double> number = parse_number(text);
  switch (spec.type) {
    case ParameterType::float_:
      return number ? std::optional<ParamValue>(*number) : std::nullopt;
    case ParameterType::int_:
      if (!number || std::floor(*number) != *number || std::abs(*number) > 9e15) return std::nullopt;
      return static_cast<std::int64_t>(*number);
    case ParameterType::bool_:
      if (text != "true" && text != "false" && text != "1" && text != "0") return std::nullopt;
      return text == "true" || text == "1";
    case ParameterType::categorical:
    case ParameterType::ordinal:
      break;
  }
  for (const ParamValue& choice : spec.choices) {
    if (to_text(choice) == text || (number && same_choice(choice, *number))) return choice;
  }
  return std::nullopt;
}

ParamValue SpaceParameter::fallback() const {
  const ParamValue believed = spec.prior.value_or(value_at(is_unordered() ? 0 : 0.5));
  const ParamValue value = spec.default_value.value_or(believed);
  // Through the levels, so that `default = 1` of a float becomes 1.0 and nothing is off its level.
  const std::int64_t level = level_of(value);
  return level >= 0 ? value_of_level(level) : ParamValue(as_number(value));
}

std::optional<std::string> SpaceParameter::complaint_about(const ParamValue& value) const {
  const std::string name = "`" + spec.name + "`";
  const std::string is = " (is `" + to_text(value) + "`)";
  if (spec.type == ParameterType::bool_) {
    if (!std::holds_alternative<bool>(value)) return name + " must be true or false" + is;
    return std::nullopt;
  }
  if (!is_numeric(spec)) {
    if (level_of(value) < 0) return name + " must be one of " + choices_text(spec.choices) + is;
    return std::nullopt;
  }
  const bool fits_type = spec.type == ParameterType::int_ ? std::holds_alternative<std::int64_t>(value)
                                                          : !is_text(value) && !std::holds_alternative<bool>(value);
  if (!fits_type) return name + (spec.type == ParameterType::int_ ? " must be an integer" : " must be a number") + is;
  const double number = as_number(value);
  if (number < *spec.low || number > *spec.high) {
    return name + " must be from " + bound_text(spec, *spec.low) + " to " + bound_text(spec, *spec.high) + is;
  }
  // A level is met when the value is nearer to it than rounding can explain otherwise.
  if (levels > 0 && std::abs(as_number(value_of_level(level_of(value))) - number) > 1e-9 * step_of(spec)) {
    return name + " must be " + bound_text(spec, *spec.low) + " plus a multiple of " + bound_text(spec, step_of(spec)) +
           is;
  }
  return std::nullopt;
}

}  // namespace hone
