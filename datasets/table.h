#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/formats/csv.h"

namespace hone {

/// Rows of one or more CSV files with the same columns, as if they stood in one.
class Table {
 public:
  /// Throws what CsvTable::read throws, and Error("data::other-columns") for a file whose columns are not those of the
  /// first one: by name, in any order, where both have a header, else by number.
  static Table read(const std::vector<std::string>& files, const CsvOptions& options);

  std::size_t rows() const { return starts_.back(); }
  std::size_t columns() const { return names().size(); }
  const std::vector<std::string>& names() const { return files_.front().names(); }
  bool has_header() const { return files_.front().has_header(); }
  /// Of the first file.
  const std::string& file() const { return files_.front().file(); }
  /// Rows that each file gave.
  std::vector<std::size_t> rows_by_file() const;

  /// A value, relabelled where it was asked for. Valid as long as the table lives.
  std::string_view cell(std::size_t row, std::size_t column) const;
  bool is_missing(std::size_t row, std::size_t column) const;
  Place place(std::size_t row, std::size_t column) const;
  Place name_place(std::size_t column) const { return files_.front().name_place(column); }

  /// From now on `words` (text → what it means) hold in this column.
  void relabel(std::size_t column, const std::map<std::string, std::string>& words);

 private:
  /// A row and column of the whole table in the file that holds it.
  struct Cell {
    const CsvTable* file;
    std::size_t row;
    std::size_t column;
  };
  Cell find(std::size_t row, std::size_t column) const;

  std::vector<CsvTable> files_;
  /// First row of each file, then the number of all rows.
  std::vector<std::size_t> starts_ = {0};
  /// By file: where the first file's columns stand.
  std::vector<std::vector<std::size_t>> order_;
  std::size_t relabelled_ = static_cast<std::size_t>(-1);
  std::map<std::string, std::string, std::less<>> words_;
};

}  // namespace hone
