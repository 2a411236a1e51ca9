#include "datasets/schema.h"

#include <algorithm>
#include <optional>
#include <string>

#include "configs/dataset_files.h"
#include "core/text.h"
#include "datasets/complaints.h"

namespace hone {
namespace {

std::optional<std::size_t> column_named(const Table& table, const std::string& name) {
  const auto& names = table.names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

std::size_t find_target(const Table& table, const std::string& target) {
  if (const auto named = column_named(table, target)) return *named;
  const auto columns = static_cast<std::int64_t>(table.columns());
  if (const auto number = parse_integer(target)) {
    const std::int64_t index = *number < 0 ? columns + *number : *number - 1;
    if (*number != 0 && index >= 0 && index < columns) return static_cast<std::size_t>(index);
    throw Error("data::no-target",
                "target " + target + " is no column: `" + table.file() + "` has columns 1 to " +
                    std::to_string(columns) + " (-1 = the last)",
                table.name_place(0));
  }
  Diagnostic unknown;
  unknown.code = "data::no-target";
  unknown.message = "target `" + target + "` is no column of `" + table.file() + "`";
  unknown.place = table.name_place(0);
  unknown.suggestion = suggestion_for(target, table.names());
  if (!table.has_header()) unknown.notes = {"the file was read without a header; if it has one, say header = true"};
  throw Error(unknown);
}

/// Marks the columns that an option names; the target is none of them.
std::vector<bool> mark_columns(const Table& table, const std::string& option, const std::vector<std::string>& names,
                               std::size_t target, Complaints& complaints) {
  std::vector<bool> marked(table.columns(), false);
  for (const std::string& name : names) {
    const auto column = column_named(table, name);
    if (!column) {
      complaints.add("data::unknown-column", "`" + option + "` names `" + name + "`, which is no column",
                     table.name_place(0), suggestion_for(name, table.names()));
    } else if (*column == target) {
      complaints.add("data::unknown-column", "`" + option + "` names the target `" + name + "`",
                     table.name_place(*column));
    } else {
      marked[*column] = true;
    }
  }
  return marked;
}

}  // namespace

Roles find_roles(const Table& table, const DatasetSpec& spec) {
  Roles roles;
  roles.target = find_target(table, spec.target);
  Complaints complaints;
  const std::vector<bool> dropped = mark_columns(table, "drop", spec.drop, roles.target, complaints);
  const std::vector<bool> nominal = mark_columns(table, "categorical", spec.categorical, roles.target, complaints);
  std::vector<bool> part(table.columns(), false);
  if (spec.split.kind == "column") part = mark_columns(table, "split.by", {spec.split.by}, roles.target, complaints);
  complaints.throw_if_any();
  for (std::size_t column = 0; column < table.columns(); ++column) {
    if (column == roles.target) continue;
    if (part[column]) roles.part = column;
    roles.features.push_back(column);
    roles.left_out.emplace_back(part[column]      ? "names the part of each row"
                                : dropped[column] ? "left out by `drop`"
                                                  : "");
    roles.categorical.push_back(nominal[column]);
  }
  return roles;
}

void check_import_options(const DatasetSpec& spec) {
  Complaints complaints;
  if (spec.task != "auto" && spec.task != "classification" && spec.task != "regression") {
    complaints.add("data::unsupported", "task `" + spec.task + "` is not known here: `classification` or `regression`");
  }
  if (spec.target.empty() && is_table(spec)) {
    complaints.add("data::no-target", "`target` must name the column to predict, or give its number (-1 = the last)");
  }
  if (spec.header == "true" && !spec.columns.empty()) {
    complaints.add("data::column-names", "`columns` names the columns of a file without header, but header = true");
  }
  const bool bad_size = std::any_of(spec.shape.begin(), spec.shape.end(), [](auto size) { return size < 1; });
  if (!spec.shape.empty() && (spec.shape.size() != 3 || bad_size)) {
    complaints.add("data::bad-shape", "`shape` must be [channels, height, width], each at least 1");
  }
  if (spec.limit && *spec.limit < 1) {
    complaints.add("data::bad-limit", "`limit` must be at least 1 (is " + std::to_string(*spec.limit) + ")");
  }
  complaints.throw_if_any();
}

}  // namespace hone
