#include <algorithm>
#include <limits>
#include <map>
#include <optional>

#include "core/error.h"
#include "datasets/column.h"
#include "datasets/complaints.h"
#include "datasets/pixels.h"
#include "datasets/preprocess.h"
#include "datasets/table.h"

namespace hone {
namespace {

Table read_table(const DataFacts& facts, const std::string& file) {
  CsvOptions options;
  options.separator = facts.layout.separator;
  options.header = facts.layout.header ? "true" : "false";
  options.missing = facts.layout.missing;
  return Table::read({file}, options);
}

/// Columns of the file by position: all features, with or without the target among them.
std::vector<std::size_t> columns_by_position(const Table& table, const DataFacts& facts, std::size_t features) {
  const bool with_target = table.columns() == features + 1;
  if (!with_target && table.columns() != features) {
    throw Error("data::other-columns",
                "`" + table.file() + "` has " + std::to_string(table.columns()) + " columns, the model wants " +
                    std::to_string(features) + " (or " + std::to_string(features + 1) + " with the target)",
                table.name_place(0));
  }
  std::vector<std::size_t> columns;
  for (std::size_t column = 0; column < table.columns(); ++column) {
    const bool is_target = with_target && static_cast<std::int64_t>(column) == facts.layout.target_column;
    if (!is_target) columns.push_back(column);
  }
  return columns;
}

/// Where each kept column of the model stands in the file.
std::vector<std::size_t> kept_columns_in(const Table& table, const DataFacts& facts) {
  std::vector<std::size_t> by_position;
  if (!table.has_header()) by_position = columns_by_position(table, facts, facts.columns.size());
  std::vector<std::size_t> kept;
  Complaints complaints;
  for (std::size_t i = 0; i < facts.columns.size(); ++i) {
    if (facts.columns[i].dropped) continue;
    if (!table.has_header()) {
      kept.push_back(by_position[i]);
      continue;
    }
    const auto& names = table.names();
    const auto found = std::find(names.begin(), names.end(), facts.columns[i].name);
    kept.push_back(static_cast<std::size_t>(found - names.begin()));
    if (found != names.end()) continue;
    complaints.add("data::missing-column", "column `" + facts.columns[i].name + "`, which the model needs, is missing",
                   table.name_place(0), suggestion_for(facts.columns[i].name, names));
  }
  complaints.throw_if_any();
  return kept;
}

using LevelCodes = std::map<std::string_view, std::int32_t>;

/// Codes of the levels of every column; empty for numeric ones.
std::vector<LevelCodes> level_codes(const DataFacts& facts) {
  std::vector<LevelCodes> codes(facts.columns.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    for (const std::string& level : facts.columns[i].levels) {
      codes[i].emplace(level, static_cast<std::int32_t>(codes[i].size()));
    }
  }
  return codes;
}

std::int32_t level_code(const Table& table, std::size_t row, std::size_t column, const LevelCodes& codes) {
  if (table.is_missing(row, column)) return kMissingLevel;
  const auto level = codes.find(table.cell(row, column));
  return level == codes.end() ? kUnknownLevel : level->second;
}

std::vector<float> encode_table(const Preprocess& preprocess, const Table& table) {
  const std::vector<std::size_t> kept = kept_columns_in(table, preprocess.facts);
  const auto width = static_cast<std::size_t>(input_width(preprocess.facts));
  std::vector<float> encoded(table.rows() * width);
  const TableEncoder encoder(preprocess);
  const std::vector<LevelCodes> codes = level_codes(preprocess.facts);
  std::vector<float> numeric;
  std::vector<std::int32_t> nominal;
  Complaints complaints;
  for (std::size_t row = 0; row < table.rows() && !complaints.full(); ++row) {
    numeric.clear();
    nominal.clear();
    auto column = kept.begin();
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const ColumnFacts& facts = preprocess.facts.columns[i];
      if (facts.dropped) continue;
      if (facts.type == "nominal") {
        nominal.push_back(level_code(table, row, *column, codes[i]));
      } else if (table.is_missing(row, *column)) {
        numeric.push_back(std::numeric_limits<float>::quiet_NaN());
      } else {
        numeric.push_back(read_number(table, row, *column, complaints));
      }
      ++column;
    }
    encoder.encode(numeric.data(), nominal.data(), encoded.data() + row * width);
  }
  complaints.throw_if_any();
  return encoded;
}

std::vector<float> encode_images(const Preprocess& preprocess, const Table& table) {
  const std::int64_t width = input_width(preprocess.facts);
  Complaints complaints;
  const auto columns = columns_by_position(table, preprocess.facts, static_cast<std::size_t>(width));
  const std::vector<std::uint8_t> pixels = read_pixels(table, columns, complaints);
  complaints.throw_if_any();
  std::vector<float> encoded(pixels.size());
  encode_pixels(preprocess, pixels, static_cast<std::int64_t>(table.rows()), encoded);
  return encoded;
}

}  // namespace

std::vector<float> encode_csv(const Preprocess& preprocess, const std::string& file, std::int64_t* rows) {
  const Table table = read_table(preprocess.facts, file);
  *rows = static_cast<std::int64_t>(table.rows());
  return preprocess.facts.shape.empty() ? encode_table(preprocess, table) : encode_images(preprocess, table);
}

}  // namespace hone
