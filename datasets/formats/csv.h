#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace hone {

/// How a CSV file is to be read; the words are those of [dataset].
struct CsvOptions {
  /// `auto`, one character, or `tab`.
  std::string separator = "auto";
  /// `auto`, `true` or `false`. With `columns`, `auto` asks whether the first line holds these names.
  std::string header = "auto";
  /// Names of the columns of a file without header.
  std::vector<std::string> columns{};
  /// Words that mean a missing value.
  std::vector<std::string> missing{};
  /// Rows read at most.
  std::optional<std::int64_t> limit{};
};

/// A CSV file as cells (RFC 4180; LF or CRLF; blanks around unquoted values do not count; blank lines are skipped).
class CsvTable {
 public:
  /// Throws Error("data::…") with file, line and column: ragged lines, quotes that do not close, an empty file, names
  /// that come twice. Reports up to 20 mistakes at once.
  static CsvTable read(const std::string& file, const CsvOptions& options);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return names_.size(); }
  bool has_header() const { return has_header_; }
  /// From the header, from CsvOptions::columns, or `c1` `c2` ….
  const std::vector<std::string>& names() const { return names_; }
  /// Valid as long as the table lives.
  std::string_view cell(std::size_t row, std::size_t column) const { return text_of(cell_at(row, column)); }
  bool is_missing(std::size_t row, std::size_t column) const;
  /// Where a cell stands in the file.
  Place place(std::size_t row, std::size_t column) const { return place_of(cell_at(row, column)); }
  /// Where a column's name stands; without header the column's first cell.
  Place name_place(std::size_t column) const { return place_of(cells_[column]); }
  const std::string& file() const { return file_; }

  /// A value in the text; `unescaped` is the index of its text without doubled quotes, −1 when it has none.
  struct Cell {
    std::size_t begin = 0;
    std::size_t length = 0;
    std::ptrdiff_t unescaped = -1;
  };

 private:
  const Cell& cell_at(std::size_t row, std::size_t column) const {
    return cells_[(row + (has_header_ ? 1 : 0)) * names_.size() + column];
  }
  std::string_view text_of(const Cell& cell) const;
  Place place_of(const Cell& cell) const;
  void name_columns(const CsvOptions& options, std::size_t columns);
  bool decide_header(const CsvOptions& options, std::size_t columns) const;

  std::string file_;
  std::string text_;
  std::deque<std::string> unescaped_;
  std::vector<Cell> cells_;
  std::vector<std::string> names_;
  std::vector<std::string> missing_;
  bool has_header_ = false;
  std::size_t rows_ = 0;
};

/// Line and column of a byte range of a text, counted as Place counts.
Place place_in(const std::string& file, std::string_view text, std::size_t begin, std::size_t length);

}  // namespace hone
