#include "datasets/table.h"

#include <algorithm>
#include <numeric>

#include "core/error.h"

namespace hone {
namespace {

/// Where each of `names` stands in `file`.
std::vector<std::size_t> order_in(const CsvTable& file, const CsvTable& first) {
  std::vector<std::size_t> order(first.columns());
  std::iota(order.begin(), order.end(), 0);
  const std::string wanted = "`" + first.file() + "`";
  if (file.columns() != first.columns()) {
    throw Error("data::other-columns",
                "`" + file.file() + "` has " + std::to_string(file.columns()) + " columns, " + wanted + " has " +
                    std::to_string(first.columns()),
                file.name_place(0));
  }
  if (!file.has_header() || !first.has_header()) return order;
  for (std::size_t& column : order) {
    const std::string& name = first.names()[column];
    const auto found = std::find(file.names().begin(), file.names().end(), name);
    if (found == file.names().end()) {
      throw Error("data::other-columns", "`" + file.file() + "` has no column `" + name + "`, which " + wanted + " has",
                  file.name_place(0));
    }
    column = static_cast<std::size_t>(found - file.names().begin());
  }
  return order;
}

}  // namespace

Table Table::read(const std::vector<std::string>& files, const CsvOptions& options) {
  Table table;
  for (const std::string& file : files) {
    table.files_.push_back(CsvTable::read(file, options));
    table.order_.push_back(order_in(table.files_.back(), table.files_.front()));
    table.starts_.push_back(table.rows() + table.files_.back().rows());
  }
  return table;
}

std::vector<std::size_t> Table::rows_by_file() const {
  std::vector<std::size_t> rows;
  for (const CsvTable& file : files_) rows.push_back(file.rows());
  return rows;
}

Table::Cell Table::find(std::size_t row, std::size_t column) const {
  std::size_t file = 0;
  while (row >= starts_[file + 1]) ++file;
  return {&files_[file], row - starts_[file], order_[file][column]};
}

std::string_view Table::cell(std::size_t row, std::size_t column) const {
  const Cell at = find(row, column);
  const std::string_view text = at.file->cell(at.row, at.column);
  if (column != relabelled_) return text;
  const auto word = words_.find(text);
  return word == words_.end() ? text : std::string_view(word->second);
}

bool Table::is_missing(std::size_t row, std::size_t column) const {
  const Cell at = find(row, column);
  return at.file->is_missing(at.row, at.column);
}

Place Table::place(std::size_t row, std::size_t column) const {
  const Cell at = find(row, column);
  return at.file->place(at.row, at.column);
}

void Table::relabel(std::size_t column, const std::map<std::string, std::string>& words) {
  relabelled_ = column;
  words_.insert(words.begin(), words.end());
}

}  // namespace hone
