#include "datasets/column.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>

#include "core/text.h"

namespace hone {
namespace {

constexpr std::size_t kManyLevels = 100;

void drop(FeatureColumn& column, std::string why) {
  column.facts.dropped = true;
  column.facts.why = std::move(why);
  column.numeric.clear();
  column.nominal.clear();
}

void read_numeric(const Table& table, std::size_t index, FeatureColumn& column, Complaints& complaints) {
  column.facts.type = "numeric";
  float low = std::numeric_limits<float>::infinity();
  float high = -low;
  for (std::size_t row = 0; row < table.rows() && !complaints.full(); ++row) {
    const bool missing = table.is_missing(row, index);
    const float value = missing ? std::numeric_limits<float>::quiet_NaN() : read_number(table, row, index, complaints);
    column.numeric.push_back(value);
    if (std::isnan(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low == high) drop(column, "constant: every value is " + format_short(low));
}

void read_nominal(const Table& table, std::size_t index, FeatureColumn& column) {
  column.facts.type = "nominal";
  std::map<std::string_view, std::int32_t> codes;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!table.is_missing(row, index)) codes.emplace(table.cell(row, index), 0);
  }
  const auto values = table.rows() - static_cast<std::size_t>(column.facts.missing);
  if (codes.size() > kManyLevels && codes.size() * 2 > values) {
    return drop(column, "names the rows: " + std::to_string(codes.size()) + " different texts in " +
                            std::to_string(values) + " rows");
  }
  if (codes.size() == 1 && column.facts.missing == 0) {
    return drop(column, "constant: every value is `" + std::string(codes.begin()->first) + "`");
  }
  std::vector<std::string_view> levels;
  for (const auto& [level, code] : codes) levels.push_back(level);
  if (std::all_of(levels.begin(), levels.end(), [](auto level) { return parse_integer(level).has_value(); })) {
    std::stable_sort(levels.begin(), levels.end(),
                     [](auto a, auto b) { return *parse_integer(a) < *parse_integer(b); });
  }
  for (std::string_view level : levels) {
    codes[level] = static_cast<std::int32_t>(column.facts.levels.size());
    column.facts.levels.emplace_back(level);
  }
  for (std::size_t row = 0; row < table.rows(); ++row) {
    column.nominal.push_back(table.is_missing(row, index) ? -1 : codes.at(table.cell(row, index)));
  }
}

/// Whether no value has a decimal point or an exponent.
bool is_literal_codes(const Table& table, std::size_t column) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!table.is_missing(row, column) && !parse_integer(table.cell(row, column))) return false;
  }
  return true;
}

bool is_numeric(const Table& table, std::size_t column, ColumnKind kind) {
  if (kind == ColumnKind::nominal || !is_mostly_numbers(table, column)) return false;
  return kind == ColumnKind::automatic || !is_literal_codes(table, column);
}

}  // namespace

bool is_mostly_numbers(const Table& table, std::size_t column) {
  std::size_t values = 0;
  std::size_t numbers = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (table.is_missing(row, column)) continue;
    values += 1;
    numbers += parse_number(table.cell(row, column)) ? 1 : 0;
  }
  return numbers * 2 > values;
}

float read_number(const Table& table, std::size_t row, std::size_t column, Complaints& complaints) {
  const std::optional<double> number = parse_number(table.cell(row, column));
  if (number && std::abs(*number) <= std::numeric_limits<float>::max()) return static_cast<float>(*number);
  const std::string where = "`" + std::string(table.cell(row, column)) + "` in column `" + table.names()[column] + "` ";
  if (number) {
    complaints.add("data::too-large", where + "is beyond the range of float32", table.place(row, column));
  } else {
    const bool first_line = row == 0 && !table.has_header();
    complaints.add("data::not-a-number", where + "is no number", table.place(row, column),
                   first_line ? "if the first line holds names, say header = true"
                              : "if it means a missing value, add it to `missing`");
  }
  return std::numeric_limits<float>::quiet_NaN();
}

FeatureColumn read_feature(const Table& table, std::size_t index, ColumnKind kind, Complaints& complaints) {
  FeatureColumn column;
  column.facts.name = table.names()[index];
  for (std::size_t row = 0; row < table.rows(); ++row) column.facts.missing += table.is_missing(row, index) ? 1 : 0;
  if (static_cast<std::size_t>(column.facts.missing) == table.rows()) {
    complaints.add("data::empty-column", "column `" + column.facts.name + "` has no value in any row",
                   table.name_place(index), "leave it out with `drop`");
  } else if (is_numeric(table, index, kind)) {
    read_numeric(table, index, column, complaints);
  } else {
    read_nominal(table, index, column);
  }
  return column;
}

}  // namespace hone
