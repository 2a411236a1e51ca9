#include "datasets/target.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/text.h"
#include "datasets/column.h"

namespace hone {
namespace {

constexpr std::size_t kMostIntegerClasses = 100;

bool all_integers(const Table& table, std::size_t column) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!parse_integer(table.cell(row, column))) return false;
  }
  return true;
}

std::string task_of(const Table& table, std::size_t column) {
  if (!is_mostly_numbers(table, column)) return "classification";
  if (!all_integers(table, column)) return "regression";
  std::set<std::int64_t> different;
  for (std::size_t row = 0; row < table.rows() && different.size() <= kMostIntegerClasses; ++row) {
    different.insert(*parse_integer(table.cell(row, column)));
  }
  return different.size() <= kMostIntegerClasses ? "classification" : "regression";
}

/// Labels in order of their codes.
std::vector<std::string> sorted_labels(const Table& table, std::size_t column) {
  if (all_integers(table, column)) {
    std::set<std::int64_t> numbers;
    for (std::size_t row = 0; row < table.rows(); ++row) numbers.insert(*parse_integer(table.cell(row, column)));
    std::vector<std::string> labels;
    for (std::int64_t number : numbers) labels.push_back(std::to_string(number));
    return labels;
  }
  std::set<std::string> texts;
  for (std::size_t row = 0; row < table.rows(); ++row) texts.emplace(table.cell(row, column));
  return {texts.begin(), texts.end()};
}

void read_classes(const Table& table, std::size_t column, TargetColumn& target, Complaints& complaints) {
  target.classes = sorted_labels(table, column);
  target.class_counts.assign(target.classes.size(), 0);
  std::map<std::string, std::int64_t> codes;
  for (const std::string& label : target.classes) codes.emplace(label, static_cast<std::int64_t>(codes.size()));
  const bool integers = all_integers(table, column);
  std::vector<std::size_t> first_row(target.classes.size());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string_view text = table.cell(row, column);
    const std::int64_t code = codes.at(integers ? std::to_string(*parse_integer(text)) : std::string(text));
    target.codes.push_back(code);
    if (target.class_counts[code]++ == 0) first_row[code] = row;
  }
  if (target.classes.size() == 1) {
    complaints.add("data::one-class", "every row has the class `" + target.classes.front() + "`: nothing can be learnt",
                   table.place(0, column));
    return;
  }
  for (std::size_t code = 0; code < target.classes.size(); ++code) {
    if (target.class_counts[code] > 1) continue;
    complaints.add("data::class-of-one",
                   "class `" + target.classes[code] + "` has one row: it cannot be both learnt and judged",
                   table.place(first_row[code], column));
  }
}

void read_values(const Table& table, std::size_t column, TargetColumn& target, Complaints& complaints) {
  for (std::size_t row = 0; row < table.rows() && !complaints.full(); ++row) {
    const std::optional<double> number = parse_number(table.cell(row, column));
    target.values.push_back(number.value_or(0));
    if (number) continue;
    complaints.add(
        "data::not-a-number",
        "target `" + std::string(table.cell(row, column)) + "` in column `" + table.names()[column] + "` is no number",
        table.place(row, column),
        row == 0 && !table.has_header() ? "if the first line holds names, say header = true"
                                        : "if the values name classes, say task = \"classification\"");
  }
}

}  // namespace

TargetColumn read_target(const Table& table, std::size_t column, const std::string& task, Complaints& complaints) {
  TargetColumn target;
  bool missing = false;
  for (std::size_t row = 0; row < table.rows() && !complaints.full(); ++row) {
    if (!table.is_missing(row, column)) continue;
    missing = true;
    complaints.add("data::missing-target", "the row has no target in column `" + table.names()[column] + "`",
                   table.place(row, column));
  }
  if (missing) return target;
  target.task = task == "auto" ? task_of(table, column) : task;
  if (target.task == "classification") {
    read_classes(table, column, target, complaints);
  } else {
    read_values(table, column, target, complaints);
  }
  return target;
}

}  // namespace hone
