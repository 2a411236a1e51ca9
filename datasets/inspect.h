#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "configs/data_facts.h"

namespace hone {

/// What a dataset file is, for people.
struct Inspection {
  DataFacts facts;
  /// Where the data came from, as the file says.
  std::string source;
  /// Rows that train, validate and test by the source; all train when it does not say.
  std::array<std::int64_t, 3> part_rows{};
  /// What is wrong, a sentence each; only looked for by verify_dataset.
  std::vector<std::string> wrong;
};

/// Schema and parts of a dataset file. Throws Error("data::damaged") or Error("hdf5::…").
Inspection inspect_dataset(const std::filesystem::path& file);

/// The same, and reads every value: the hash of the content, no infinite number, class and missing counts as the schema
/// has them.
Inspection verify_dataset(const std::filesystem::path& file);

}  // namespace hone
