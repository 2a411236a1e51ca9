#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "configs/dataset_files.h"
#include "core/error.h"
#include "core/text.h"
#include "datasets/column.h"
#include "datasets/complaints.h"
#include "datasets/data_format.h"
#include "datasets/pixels.h"
#include "datasets/schema.h"
#include "datasets/table.h"
#include "datasets/target.h"

namespace hone {
namespace {

std::string separator_of(const DatasetSpec& spec) { return spec.format == "tsv" ? "tab" : spec.separator; }

Table read_table(const DatasetSpec& spec) {
  CsvOptions options;
  options.separator = separator_of(spec);
  options.header = spec.header;
  options.columns = spec.columns;
  options.missing = spec.missing;
  options.limit = spec.limit;
  return Table::read(source_paths(spec), options);
}

void add_target(TargetColumn target, ImportedData& content) {
  content.facts.task = std::move(target.task);
  content.facts.classes = std::move(target.classes);
  content.facts.class_counts = std::move(target.class_counts);
  const std::vector<std::int64_t> shape = {content.facts.rows};
  content.arrays["target"] = content.facts.task == "classification" ? make_array<std::int64_t>(shape, target.codes)
                                                                    : make_array<double>(shape, target.values);
}

void add_image(const Table& table, const DatasetSpec& spec, const Roles& roles, ImportedData& content,
               Complaints& complaints) {
  std::vector<std::size_t> columns;
  content.facts.layout.target_column = 0;
  for (std::size_t i = 0; i < roles.features.size(); ++i) {
    if (!roles.left_out[i].empty()) continue;
    columns.push_back(roles.features[i]);
    content.facts.layout.target_column += roles.features[i] < roles.target ? 1 : 0;
  }
  content.facts.shape = spec.shape;
  const std::int64_t pixels = input_width(content.facts);
  if (static_cast<std::size_t>(pixels) != columns.size()) {
    throw Error("data::bad-shape",
                "`shape` [" + std::to_string(spec.shape[0]) + ", " + std::to_string(spec.shape[1]) + ", " +
                    std::to_string(spec.shape[2]) + "] means " + std::to_string(pixels) +
                    " pixels a row, the file has " + std::to_string(columns.size()) + " columns besides the target",
                table.name_place(0));
  }
  std::vector<std::int64_t> shape = {content.facts.rows};
  shape.insert(shape.end(), spec.shape.begin(), spec.shape.end());
  content.arrays["image"] = make_array<std::uint8_t>(shape, read_pixels(table, columns, complaints));
}

/// Columns side by side as one row-major array.
template <class T>
Array interleave(const std::vector<std::vector<T>>& columns, std::size_t rows) {
  std::vector<T> values(rows * columns.size());
  for (std::size_t column = 0; column < columns.size(); ++column) {
    for (std::size_t row = 0; row < rows; ++row) values[row * columns.size() + column] = columns[column][row];
  }
  return make_array<T>({static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns.size())}, values);
}

void add_columns(const Table& table, const DatasetSpec& spec, const Roles& roles, ImportedData& content,
                 Complaints& complaints) {
  std::vector<std::vector<float>> numeric;
  std::vector<std::vector<std::int32_t>> nominal;
  for (std::size_t i = 0; i < roles.features.size() && !complaints.full(); ++i) {
    FeatureColumn column;
    if (roles.left_out[i].empty()) {
      const ColumnKind kind = roles.categorical[i]         ? ColumnKind::nominal
                              : spec.integers == "nominal" ? ColumnKind::literal
                                                           : ColumnKind::automatic;
      column = read_feature(table, roles.features[i], kind, complaints);
    } else {
      column.facts.name = table.names()[roles.features[i]];
      column.facts.dropped = true;
      column.facts.why = roles.left_out[i];
    }
    if (!column.facts.dropped && column.facts.type == "numeric") numeric.push_back(std::move(column.numeric));
    if (!column.facts.dropped && column.facts.type == "nominal") nominal.push_back(std::move(column.nominal));
    content.facts.columns.push_back(std::move(column.facts));
  }
  complaints.throw_if_any();
  if (numeric.empty() && nominal.empty()) {
    throw Error("data::no-features", "no column is left to learn from in `" + table.file() + "`", table.name_place(0));
  }
  if (!numeric.empty()) content.arrays["numeric"] = interleave(numeric, table.rows());
  if (!nominal.empty()) content.arrays["nominal"] = interleave(nominal, table.rows());
}

/// A word of `relabel` that no row has is a mistake, unless only some rows were read.
void check_relabel(const Table& table, std::size_t column, const DatasetSpec& spec) {
  if (spec.relabel.empty() || spec.limit) return;
  std::set<std::string, std::less<>> texts;
  for (std::size_t row = 0; row < table.rows(); ++row) texts.emplace(table.cell(row, column));
  for (const auto& [word, meaning] : spec.relabel) {
    if (texts.contains(word)) continue;
    Diagnostic unknown;
    unknown.code = "data::unknown-label";
    unknown.message = "`relabel` names `" + word + "`, which no row has in column `" + table.names()[column] + "`";
    unknown.place = table.name_place(column);
    unknown.suggestion = suggestion_for(word, std::vector<std::string>(texts.begin(), texts.end()));
    throw Error(unknown);
  }
}

std::optional<Part> part_named(std::string_view text) {
  const std::string word = to_lower(text);
  if (word == "train" || word == "training") return Part::train;
  if (word == "validation" || word == "valid" || word == "val") return Part::validation;
  if (word == "test") return Part::test;
  return std::nullopt;
}

/// /part by the column that names it, else by the files.
void add_parts_of(const Table& table, const DatasetSpec& spec, const Roles& roles, ImportedData& content,
                  Complaints& complaints) {
  std::vector<std::pair<Part, std::int64_t>> counts;
  if (!roles.part) {
    const std::vector<SourceFile> files = named_files(spec);
    const std::vector<std::size_t> rows = table.rows_by_file();
    for (std::size_t i = 0; i < files.size(); ++i) counts.emplace_back(files[i].part, rows[i]);
    return add_parts(counts, content);
  }
  for (std::size_t row = 0; row < table.rows() && !complaints.full(); ++row) {
    const std::string_view text = table.cell(row, *roles.part);
    const std::optional<Part> part = part_named(text);
    counts.emplace_back(part.value_or(Part::train), 1);
    if (part) continue;
    complaints.add(
        "data::unknown-part",
        "`" + std::string(text) + "` in column `" + spec.split.by + "` is no part: train, validation or test",
        table.place(row, *roles.part));
  }
  add_parts(counts, content);
}

ImportedData read_content(const DatasetSpec& spec) {
  Table table = read_table(spec);
  const Roles roles = find_roles(table, spec);
  check_relabel(table, roles.target, spec);
  table.relabel(roles.target, spec.relabel);
  ImportedData content;
  content.facts.rows = static_cast<std::int64_t>(table.rows());
  content.facts.target = table.names()[roles.target];
  content.facts.layout.target_column = static_cast<std::int64_t>(roles.target);
  content.facts.layout.missing = spec.missing;
  content.facts.layout.header = table.has_header();
  content.facts.layout.separator = separator_of(spec);
  Complaints complaints;
  add_target(read_target(table, roles.target, spec.task, complaints), content);
  if (spec.shape.empty()) {
    add_columns(table, spec, roles, content, complaints);
  } else {
    add_image(table, spec, roles, content, complaints);
  }
  add_parts_of(table, spec, roles, content, complaints);
  complaints.throw_if_any();
  return content;
}

}  // namespace

const DataFormat kCsvFormat = {"csv", named_files, read_content};
const DataFormat kTsvFormat = {"tsv", named_files, read_content};

}  // namespace hone
