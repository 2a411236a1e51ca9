#include "core/protocol.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace hone {
namespace {

constexpr std::array<std::string_view, 15> kFailureNames = {
    "none",    "usage", "environment", "no_result", "infeasible", "non_finite", "out_of_memory", "timeout",
    "stalled", "crash", "hardware",    "preempted", "lost",       "disk_full",  "cancelled",
};
constexpr std::array<std::string_view, 11> kReservedMetrics = {
    "trial", "attempt", "step", "final", "checkpoint", "status", "why", "note", "result", "diagnostic", "end",
};
/// Non-finite tokens of Python's json and C's printf; longer ones before their prefixes.
constexpr std::array<std::string_view, 6> kNonFiniteTokens = {"-infinity", "infinity", "-inf", "inf", "-nan", "nan"};
/// What such a token is read as: a text no honest line holds, because JSON cannot carry a bare NUL.
constexpr std::string_view kNonFiniteJson = "\"\\u0000non_finite\"";
constexpr std::string_view kNonFiniteText{"\0non_finite", 11};

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_prefix) {
  if (text.size() < lower_prefix.size()) return false;
  for (std::size_t i = 0; i < lower_prefix.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lower_prefix[i]) return false;
  }
  return true;
}

/// Length of a non-finite token at the start of `text`, or 0.
std::size_t non_finite_token(std::string_view text) {
  for (const std::string_view token : kNonFiniteTokens)
    if (starts_with_ignoring_case(text, token)) return token.size();
  return 0;
}

/// The line with every bare non-finite token replaced by a JSON text.
std::string with_non_finite_quoted(std::string_view line) {
  std::string result;
  bool in_text = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::size_t token = in_text ? 0 : non_finite_token(line.substr(i));
    if (token > 0) {
      result += kNonFiniteJson;
      i += token - 1;
      continue;
    }
    result += line[i];
    if (line[i] == '"') in_text = !in_text;
    if (in_text && line[i] == '\\' && i + 1 < line.size()) result += line[++i];
  }
  return result;
}

bool take_text(const nlohmann::json& value, std::string& target) {
  if (!value.is_string()) return false;
  target = value.get<std::string>();
  return true;
}

bool take_integer(const nlohmann::json& value, std::optional<std::int64_t>& target) {
  if (!value.is_number_integer()) return false;
  target = value.get<std::int64_t>();
  return true;
}

bool take_number(const nlohmann::json& value, std::optional<double>& target) {
  if (!value.is_number()) return false;
  target = value.get<double>();
  return std::isfinite(*target);
}

bool take_metric(const std::string& name, const nlohmann::json& value, ReportLine& line) {
  if (is_non_finite(value)) {
    line.non_finite = true;
    line.non_finite_metrics.push_back(name);
    return true;
  }
  if (!value.is_number()) return false;
  line.metrics[name] = value.get<double>();
  return true;
}

/// Takes one member into the line; false when its type is wrong. `closing`: the line has a member `end`, so that
/// `seconds` belongs to it and is no metric.
bool take_member(const std::string& name, const nlohmann::json& value, bool closing, ReportLine& line) {
  if (name == "trial") return take_integer(value, line.trial);
  if (name == "attempt") return take_integer(value, line.attempt);
  if (name == "step") return take_number(value, line.step);
  if (name == "checkpoint") return take_text(value, line.checkpoint);
  if (name == "status") return take_text(value, line.status);
  if (name == "why") return take_text(value, line.why);
  if (name == "note") return take_text(value, line.note);
  if (name == "result") return take_text(value, line.result);
  if (name == "seconds" && closing) return take_number(value, line.seconds);
  if (name == "final") {
    if (!value.is_boolean()) return false;
    line.final = value.get<bool>();
    return true;
  }
  if (name == "end") {
    if (!value.is_number_integer()) return false;
    line.end = value.get<int>();
    return true;
  }
  if (name == "diagnostic" || (name == "hello" && value.is_object())) {
    if (!value.is_object()) return false;
    (name == "hello" ? line.hello : line.diagnostic) = value.dump();
    return true;
  }
  return take_metric(name, value, line);
}

}  // namespace

std::string_view name_of(FailureClass failure) { return kFailureNames.at(static_cast<std::size_t>(failure)); }

std::optional<FailureClass> failure_class_named(std::string_view name) {
  for (std::size_t i = 0; i < kFailureNames.size(); ++i)
    if (kFailureNames[i] == name) return static_cast<FailureClass>(i);
  return std::nullopt;
}

std::optional<ReportLine> parse_report_line(std::string_view line, std::size_t longest) {
  if (line.size() > longest) return std::nullopt;
  const nlohmann::json object = parse_line(line);
  if (!object.is_object()) return std::nullopt;
  ReportLine result;
  const bool closing = object.contains("end");
  for (const auto& [name, value] : object.items())
    if (!take_member(name, value, closing, result)) return std::nullopt;
  return result;
}

nlohmann::json parse_line(std::string_view line) {
  constexpr auto kNoCallback = nullptr;
  nlohmann::json value = nlohmann::json::parse(line, kNoCallback, /*allow_exceptions=*/false);
  if (value.is_discarded()) {
    value = nlohmann::json::parse(with_non_finite_quoted(line), kNoCallback, /*allow_exceptions=*/false);
  }
  return value;
}

bool is_non_finite(const nlohmann::json& value) {
  return value.is_string() && value.get_ref<const std::string&>() == kNonFiniteText;
}

bool is_reserved_metric(std::string_view name) {
  for (const std::string_view reserved : kReservedMetrics)
    if (reserved == name) return true;
  return false;
}

}  // namespace hone
