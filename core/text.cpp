#include "core/text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "core/unicode.h"

namespace hone {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  Number value{};
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return value;
}

struct Unit {
  std::string_view name;
  double factor;
};

/// "1.5h" -> 1.5 × 3600; nothing without a unit of the table.
template <std::size_t N>
std::optional<double> parse_with_unit(std::string_view text, const Unit (&units)[N]) {
  const std::size_t unit_at = text.find_first_not_of("0123456789.");
  if (unit_at == 0 || unit_at == std::string_view::npos) return std::nullopt;
  const auto number = parse_number(text.substr(0, unit_at));
  if (!number) return std::nullopt;
  for (const Unit& unit : units) {
    if (unit.name == text.substr(unit_at)) return *number * unit.factor;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  return text;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::optional<double> parse_number(std::string_view text) {
  const auto value = parse_whole<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text) { return parse_whole<std::int64_t>(text); }

std::optional<double> parse_duration_seconds(std::string_view text) {
  static constexpr Unit kUnits[] = {{"ms", 1e-3}, {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
  const auto seconds = parse_with_unit(text, kUnits);
  return seconds && std::isfinite(*seconds) ? seconds : std::nullopt;
}

std::optional<std::int64_t> parse_size_bytes(std::string_view text) {
  static constexpr Unit kUnits[] = {{"B", 1},
                                    {"KiB", 1024},
                                    {"MiB", 1024.0 * 1024},
                                    {"GiB", 1024.0 * 1024 * 1024},
                                    {"TiB", 1024.0 * 1024 * 1024 * 1024}};
  const auto bytes = parse_with_unit(text, kUnits);
  if (!bytes || *bytes > 9e18) return std::nullopt;
  return static_cast<std::int64_t>(std::llround(*bytes));
}

std::string format_clock(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::isfinite(seconds) && seconds > 0 ? seconds : 0);
  const std::int64_t minutes = whole / 60 % 60;
  if (whole < 3600) return fmt::format("{:02}:{:02}", minutes, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, minutes, whole % 60);
}

std::string format_bytes(std::int64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  constexpr std::string_view kNames[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  double value = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  // 1023.95 would be printed as 1024.0.
  while (value >= 1023.95 && unit + 1 < std::size(kNames)) {
    value /= 1024;
    ++unit;
  }
  return fmt::format("{:.1f} {}", value, kNames[unit]);
}

std::string format_short(double value, int digits) { return fmt::format("{:.{}g}", value, digits); }

std::string count_of(std::int64_t count, std::string_view noun) {
  if (count == 1) return fmt::format("1 {}", noun);
  const bool consonant_y = noun.size() > 1 && noun.back() == 'y' &&
                           std::string_view("aeiou").find(noun[noun.size() - 2]) == std::string_view::npos;
  if (consonant_y) return fmt::format("{} {}ies", count, noun.substr(0, noun.size() - 1));
  return fmt::format("{} {}{}", count, noun, noun.ends_with('s') ? "es" : "s");
}

int display_width(std::string_view text) {
  int columns = 0;
  for (char32_t point : to_code_points(text)) columns += columns_of(point);
  return columns;
}

std::string fit_width(std::string_view text, int columns) {
  if (columns <= 0) return {};
  if (display_width(text) <= columns) return std::string(text);
  std::string fitted;
  int used = 0;
  for (char32_t point : to_code_points(text)) {
    if (used + columns_of(point) > columns - 1) break;
    append_utf8(fitted, point);
    used += columns_of(point);
  }
  return fitted + "…";
}

std::string without_controls(std::string_view text) {
  std::string clean;
  for (char32_t point : to_code_points(text)) {
    const bool kept = point == U'\t' || point == U'\n';
    const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
    if (kept || !control) append_utf8(clean, point);
  }
  return clean;
}

}  // namespace hone
