#include "datasets/import.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "configs/spec_json.h"
#include "core/error.h"
#include "core/files.h"
#include "core/hash.h"
#include "datasets/column.h"
#include "datasets/complaints.h"
#include "datasets/dataset_store.h"
#include "datasets/formats/csv.h"
#include "datasets/pixels.h"
#include "datasets/schema.h"
#include "datasets/target.h"

namespace hone {
namespace {

/// Changes when the same source and options give another file: old files are then left alone and imported anew.
constexpr int kImportVersion = 1;

/// The options that decide what an import writes; the split, the path and the scaling come later.
std::string import_key(const DatasetSpec& spec) {
  nlohmann::json options = to_json_object(spec);
  for (const char* later : {"source", "split", "numeric"}) options.erase(later);
  options["version"] = kImportVersion;
  return options.dump();
}

std::string separator_of(const DatasetSpec& spec) { return spec.format == "tsv" ? "tab" : spec.separator; }

CsvTable read_table(const DatasetSpec& spec) {
  CsvOptions options;
  options.separator = separator_of(spec);
  options.header = spec.header;
  options.columns = spec.columns;
  options.missing = spec.missing;
  options.limit = spec.limit;
  return CsvTable::read(spec.source, options);
}

/// What stands in a dataset file.
struct Content {
  DataFacts facts;
  NamedArrays arrays;
};

void add_target(TargetColumn target, Content& content) {
  content.facts.task = std::move(target.task);
  content.facts.classes = std::move(target.classes);
  content.facts.class_counts = std::move(target.class_counts);
  const std::vector<std::int64_t> shape = {content.facts.rows};
  content.arrays["target"] = content.facts.task == "classification" ? make_array<std::int64_t>(shape, target.codes)
                                                                    : make_array<double>(shape, target.values);
}

void add_image(const CsvTable& table, const DatasetSpec& spec, const Roles& roles, Content& content,
               Complaints& complaints) {
  std::vector<std::size_t> columns;
  content.facts.layout.target_column = 0;
  for (std::size_t i = 0; i < roles.features.size(); ++i) {
    if (roles.left_out[i]) continue;
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

void add_columns(const CsvTable& table, const Roles& roles, Content& content, Complaints& complaints) {
  std::vector<std::vector<float>> numeric;
  std::vector<std::vector<std::int32_t>> nominal;
  for (std::size_t i = 0; i < roles.features.size() && !complaints.full(); ++i) {
    FeatureColumn column;
    if (roles.left_out[i]) {
      column.facts.name = table.names()[roles.features[i]];
      column.facts.dropped = true;
      column.facts.why = "left out by `drop`";
    } else {
      column = read_feature(table, roles.features[i], complaints);
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

Content read_content(const DatasetSpec& spec) {
  const CsvTable table = read_table(spec);
  const Roles roles = find_roles(table, spec);
  Content content;
  content.facts.rows = static_cast<std::int64_t>(table.rows());
  content.facts.target = table.names()[roles.target];
  content.facts.layout.target_column = static_cast<std::int64_t>(roles.target);
  content.facts.layout.missing = spec.missing;
  content.facts.layout.header = table.has_header();
  content.facts.layout.separator = separator_of(spec);
  Complaints complaints;
  add_target(read_target(table, roles.target, spec.task, complaints), content);
  if (spec.shape.empty()) {
    add_columns(table, roles, content, complaints);
  } else {
    add_image(table, spec, roles, content, complaints);
  }
  complaints.throw_if_any();
  return content;
}

/// Facts of an earlier import, when both its files are there and whole.
std::optional<DataFacts> facts_beside(const std::filesystem::path& file, const std::filesystem::path& facts_file) {
  std::error_code problem;
  if (!std::filesystem::exists(file, problem)) return std::nullopt;
  const std::optional<std::string> text = read_file_if_there(facts_file);
  if (!text) return std::nullopt;
  try {
    return facts_from_json(nlohmann::json::parse(*text));
  } catch (const std::exception&) {
    return std::nullopt;  // whatever is wrong with it, a new import mends it
  }
}

}  // namespace

std::filesystem::path dataset_file(const DatasetSpec& spec, const std::filesystem::path& data_folder) {
  Sha256 hash;
  hash.update(import_key(spec) + "\n");
  // A missing source is told by the reader of the text, with what was looked for.
  hash.update(read_file_if_there(spec.source).value_or(""));
  return data_folder / (hash.hex() + ".h5");
}

ImportResult import_dataset(const DatasetSpec& spec, const std::filesystem::path& data_folder) {
  check_import_options(spec);
  ImportResult result;
  result.file = dataset_file(spec, data_folder);
  std::filesystem::path facts_file = result.file;
  facts_file.replace_extension(".json");
  if (auto facts = facts_beside(result.file, facts_file)) {
    result.facts = std::move(*facts);
    return result;
  }
  Content content = read_content(spec);
  std::filesystem::create_directories(data_folder);
  remove_leftovers(data_folder);
  result.facts = write_dataset(result.file, std::move(content.facts), std::move(content.arrays), spec.source);
  write_file(facts_file, to_json_object(result.facts).dump());
  return result;
}

}  // namespace hone
