#pragma once

#include <filesystem>

#include "configs/data_facts.h"
#include "configs/experiment_spec.h"
#include "configs/spec_json.h"

namespace hone {

struct ImportResult {
  /// <SHA-256 of source and import options>.h5 inside the data folder, facts beside it as .json.
  std::filesystem::path file;
  DataFacts facts;
};

/// Reads the source of a spec (CSV, also .gz) into a dataset file. Does nothing but answer when the file is there.
/// Throws Error("data::…") with file, line and column for ragged lines, non-numbers, a class with one row, a column
/// without any value, pixels that are no integers 0…255, a missing target.
ImportResult import_dataset(const DatasetSpec& spec, const std::filesystem::path& data_folder);

/// The name import_dataset would use, without reading more than the bytes to hash.
std::filesystem::path dataset_file(const DatasetSpec& spec, const std::filesystem::path& data_folder);

}  // namespace hone
