#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hone {

std::vector<std::string> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string_view trim(std::string_view text);
std::string to_lower(std::string_view text);

/// Whole text as a number without locale; nothing when anything is left over or the number is not finite.
std::optional<double> parse_number(std::string_view text);
std::optional<std::int64_t> parse_integer(std::string_view text);

/// "90s" "45m" "8h" "2d" "1.5h" "250ms" as seconds; nothing for a bare number or another unit.
std::optional<double> parse_duration_seconds(std::string_view text);
/// "2GiB" "512MiB" "64KiB" "100B" as bytes; nothing for a bare number.
std::optional<std::int64_t> parse_size_bytes(std::string_view text);

/// 02:13 below an hour, 1:02:13 above.
std::string format_clock(double seconds);
/// "13.4 KiB", "2.1 MiB".
std::string format_bytes(std::int64_t bytes);
/// A number for people: about `digits` significant digits, no trailing zeros.
std::string format_short(double value, int digits = 5);
/// "1 trial", "3 trials".
std::string count_of(std::int64_t count, std::string_view noun);

/// Terminal columns of a UTF-8 text: combining marks 0, East Asian wide 2.
int display_width(std::string_view text);
/// Cuts a UTF-8 text to at most `columns` terminal columns, ending in "…" when cut.
std::string fit_width(std::string_view text, int columns);
/// Removes C0/C1 controls (but tab and newline) so that foreign text cannot steer a terminal.
std::string without_controls(std::string_view text);

}  // namespace hone
