#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/param_value.h"

namespace hone {

/// µs since 1970 as "2026-01-31T12:00:00Z" (RFC 3339, UTC).
std::string format_time_utc(std::int64_t time_us);
/// 0.1734 as "17.3 %".
std::string format_percent(double share, int digits = 1);
/// "850 ms", "12.3 s", "02:13", "1:02:13".
std::string format_seconds(double seconds);
/// A score for people, "-" when there is none.
std::string format_score(const std::optional<double>& value);
/// "27 epochs", "1 epoch".
std::string format_units(double count, const std::string& unit);
/// "lr = 0.001, optimizer = adamw", numbers short.
std::string format_params(const Params& params);
/// A value as TOML writes it: strings quoted and escaped.
std::string to_toml_value(const ParamValue& value);

/// Words of `text` on lines of at most `columns`, the first behind `label`, the next indented by as much. A word that
/// is too long for a line is kept whole when `columns` leaves no choice. Ends with a newline.
std::string wrap_labelled(std::string_view label, std::string_view text, int columns, int label_width);

/// Rows of texts; the first row is the header.
struct TextTable {
  std::vector<std::vector<std::string>> rows;
  /// Columns whose cells stand on the right.
  std::vector<bool> right;
};
/// Aligned columns two spaces apart, no line wider than `columns`: the last columns are cut or left out.
std::string render_table(const TextTable& table, int columns);
/// Columns of the terminal that the whole table takes.
int width_of(const TextTable& table);
/// One line a row, cells separated by tabs; tabs and line ends inside cells become spaces.
std::string render_tabs(const TextTable& table);

}  // namespace hone
