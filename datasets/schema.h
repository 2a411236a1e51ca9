#pragma once

#include <cstddef>
#include <vector>

#include "configs/experiment_spec.h"
#include "datasets/formats/csv.h"

namespace hone {

/// Which column of a table is what.
struct Roles {
  std::size_t target = 0;
  /// All other columns in order of the source.
  std::vector<std::size_t> features;
  /// Those of `features` that the spec leaves out.
  std::vector<bool> left_out;
};

/// Finds target and left-out columns by name, the target also by number (from 1, -1 = last). Throws
/// Error("data::no-target") or Error("data::unknown-column") with a suggestion.
Roles find_roles(const CsvTable& table, const DatasetSpec& spec);

/// Refuses what the import of a CSV file cannot do, before anything is read: throws Error("data::…").
void check_import_options(const DatasetSpec& spec);

}  // namespace hone
