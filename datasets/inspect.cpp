#include "datasets/inspect.h"

#include <cmath>

#include "datasets/dataset_store.h"
#include "datasets/hdf5_file.h"

namespace hone {
namespace {

std::string numbers(std::int64_t is, std::int64_t wanted) {
  return std::to_string(is) + " (the schema says " + std::to_string(wanted) + ")";
}

void verify_classes(const Dataset& dataset, std::vector<std::string>& wrong) {
  const DataFacts& facts = dataset.facts();
  std::vector<std::int64_t> counts(facts.classes.size());
  for (std::int64_t code : dataset.classes()) counts[static_cast<std::size_t>(code)] += 1;
  for (std::size_t code = 0; code < counts.size(); ++code) {
    if (counts[code] == facts.class_counts[code]) continue;
    wrong.push_back("rows of class `" + facts.classes[code] + "`: " + numbers(counts[code], facts.class_counts[code]));
  }
  for (double value : dataset.values()) {
    if (std::isfinite(value)) continue;
    wrong.push_back("the target holds a value that is no finite number");
    break;
  }
}

/// Missing values of every kept column, and infinite ones.
void verify_columns(const Dataset& dataset, std::vector<std::string>& wrong) {
  const DataFacts& facts = dataset.facts();
  std::size_t numeric = 0;
  std::size_t nominal = 0;
  const auto numerics = static_cast<std::size_t>(kept_columns(facts, "numeric"));
  const auto nominals = static_cast<std::size_t>(kept_columns(facts, "nominal"));
  for (const ColumnFacts& column : facts.columns) {
    if (column.dropped) continue;
    std::int64_t missing = 0;
    std::int64_t infinite = 0;
    if (column.type == "numeric") {
      for (std::size_t at = numeric; at < dataset.numeric().size(); at += numerics) {
        missing += std::isnan(dataset.numeric()[at]) ? 1 : 0;
        infinite += std::isinf(dataset.numeric()[at]) ? 1 : 0;
      }
      ++numeric;
    } else {
      for (std::size_t at = nominal; at < dataset.nominal().size(); at += nominals) {
        missing += dataset.nominal()[at] < 0 ? 1 : 0;
      }
      ++nominal;
    }
    if (missing != column.missing) {
      wrong.push_back("missing values of column `" + column.name + "`: " + numbers(missing, column.missing));
    }
    if (infinite > 0) wrong.push_back("column `" + column.name + "` holds infinite numbers");
  }
}

}  // namespace

Inspection inspect_dataset(const std::filesystem::path& file) {
  const Dataset dataset = Dataset::open(file);
  Inspection inspection;
  inspection.facts = dataset.facts();
  inspection.source = dataset.source();
  inspection.part_rows[0] = dataset.parts().empty() ? dataset.rows() : 0;
  for (std::uint8_t part : dataset.parts()) inspection.part_rows[part] += 1;
  return inspection;
}

Inspection verify_dataset(const std::filesystem::path& file) {
  Inspection inspection = inspect_dataset(file);
  const Dataset dataset = Dataset::open(file);
  const std::string hash = content_hash(read_hdf5(file).arrays);
  if (hash != inspection.facts.hash) {
    inspection.wrong.push_back("the content has the hash " + hash + ", the file says " + inspection.facts.hash);
  }
  verify_classes(dataset, inspection.wrong);
  verify_columns(dataset, inspection.wrong);
  return inspection;
}

}  // namespace hone
