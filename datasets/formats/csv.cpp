#include "datasets/formats/csv.h"

#include <algorithm>
#include <set>

#include "core/text.h"
#include "core/unicode.h"
#include "datasets/complaints.h"
#include "datasets/formats/csv_guess.h"
#include "datasets/formats/csv_parser.h"
#include "datasets/formats/text_source.h"

namespace hone {
namespace {

constexpr std::size_t kGuessedLines = 100;

char separator_of(const CsvOptions& options, std::string_view text) {
  if (options.separator == "auto") return guess_separator(text);
  if (options.separator == "tab") return '\t';
  if (options.separator.size() == 1 && options.separator != "\"" && options.separator != "\n") {
    return options.separator.front();
  }
  throw Error("data::bad-separator",
              "`separator` must be `auto`, `tab` or one character (is `" + options.separator + "`)");
}

int code_points(std::string_view text) { return static_cast<int>(to_code_points(text).size()); }

}  // namespace

Place place_in(const std::string& file, std::string_view text, std::size_t begin, std::size_t length) {
  const std::string_view before = text.substr(0, begin);
  const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  Place place;
  place.file = file;
  place.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  place.column = 1 + code_points(before.substr(line_start));
  // A caret under a value of several lines would mark nothing of use: it ends with the first one.
  const std::string_view first_line = text.substr(begin, std::min(length, text.find('\n', begin) - begin));
  place.end_line = place.line;
  place.end_column = place.column + std::max(1, code_points(first_line));
  return place;
}

CsvTable CsvTable::read(const std::string& file, const CsvOptions& options) {
  CsvTable table;
  table.file_ = file;
  table.missing_ = options.missing;
  table.text_ = read_text_source(file);
  Complaints complaints;
  // One line more than asked for: there may be a header.
  const auto most = options.limit ? std::optional<std::size_t>(*options.limit + 1) : std::nullopt;
  ParsedCsv parsed = parse_csv(file, table.text_, separator_of(options, table.text_), most, complaints);
  complaints.throw_if_any();
  if (parsed.cells.empty()) throw Error("data::empty", "data file `" + file + "` has no lines", Place{file});
  table.cells_ = std::move(parsed.cells);
  table.unescaped_ = std::move(parsed.unescaped);
  table.has_header_ = table.decide_header(options, parsed.columns);
  table.name_columns(options, parsed.columns);
  table.rows_ = table.cells_.size() / parsed.columns - (table.has_header_ ? 1 : 0);
  if (options.limit) table.rows_ = std::min(table.rows_, static_cast<std::size_t>(*options.limit));
  if (table.rows_ == 0) {
    throw Error("data::empty", "data file `" + file + "` has a header but no rows", table.name_place(0));
  }
  return table;
}

bool CsvTable::decide_header(const CsvOptions& options, std::size_t columns) const {
  if (options.header != "auto") return options.header == "true";
  std::vector<std::vector<std::string_view>> lines;
  for (std::size_t line = 0; line < std::min(kGuessedLines, cells_.size() / columns); ++line) {
    std::vector<std::string_view>& cells = lines.emplace_back();
    for (std::size_t column = 0; column < columns; ++column) cells.push_back(text_of(cells_[line * columns + column]));
  }
  const std::vector<std::string>& names = options.columns;
  if (names.empty()) return looks_like_header(lines);
  const std::set<std::string_view> first(lines.front().begin(), lines.front().end());
  return std::all_of(names.begin(), names.end(), [&](const auto& name) { return first.contains(name); });
}

void CsvTable::name_columns(const CsvOptions& options, std::size_t columns) {
  if (!has_header_ && !options.columns.empty()) {
    if (options.columns.size() != columns) {
      throw Error("data::column-names",
                  "`columns` names " + std::to_string(options.columns.size()) + " columns, the file has " +
                      std::to_string(columns),
                  place_of(cells_.front()));
    }
    names_ = options.columns;
    return;
  }
  Complaints complaints;
  std::set<std::string> seen;
  for (std::size_t column = 0; column < columns; ++column) {
    std::string name(has_header_ ? text_of(cells_[column]) : std::string_view());
    if (name.empty()) name = "c" + std::to_string(column + 1);
    if (!seen.insert(name).second) {
      complaints.add("data::column-twice", "two columns are named `" + name + "`", place_of(cells_[column]));
    }
    names_.push_back(std::move(name));
  }
  complaints.throw_if_any();
}

bool CsvTable::is_missing(std::size_t row, std::size_t column) const {
  const std::string_view text = cell(row, column);
  return std::any_of(missing_.begin(), missing_.end(), [&](const std::string& word) { return text == word; });
}

std::string_view CsvTable::text_of(const Cell& cell) const {
  if (cell.unescaped >= 0) return unescaped_[static_cast<std::size_t>(cell.unescaped)];
  return std::string_view(text_).substr(cell.begin, cell.length);
}

Place CsvTable::place_of(const Cell& cell) const { return place_in(file_, text_, cell.begin, cell.length); }

}  // namespace hone
