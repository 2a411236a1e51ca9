#include "datasets/import.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "configs/dataset_files.h"
#include "configs/spec_json.h"
#include "core/error.h"
#include "core/files.h"
#include "core/hash.h"
#include "core/text.h"
#include "datasets/data_format.h"
#include "datasets/dataset_store.h"
#include "datasets/schema.h"

namespace hone {
namespace {

/// Changes when the same source and options give another file: old files are then left alone and imported anew.
constexpr int kImportVersion = 2;

/// The options that decide what an import writes; the split, the path and the scaling come later.
std::string import_key(const DatasetSpec& spec) {
  nlohmann::json options = to_json_object(spec);
  for (const char* later : {"source", "files", "split", "numeric", "categories"}) options.erase(later);
  if (spec.split.kind == "column") options["by"] = spec.split.by;
  options["version"] = kImportVersion;
  return options.dump();
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
  const DataFormat& format = format_of(spec);
  Sha256 hash;
  hash.update(import_key(spec) + "\n");
  for (const SourceFile& file : format.files(spec)) {
    const std::string part = std::to_string(static_cast<int>(file.part));
    hash.update(part + " " + file.role + " " + sha256_of_file(file.path) + "\n");
  }
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
  ImportedData data = format_of(spec).read(spec);
  std::filesystem::create_directories(data_folder);
  remove_leftovers(data_folder);
  result.facts =
      write_dataset(result.file, std::move(data.facts), std::move(data.arrays), join(source_paths(spec), ", "));
  write_file(facts_file, to_json_object(result.facts).dump());
  return result;
}

}  // namespace hone
