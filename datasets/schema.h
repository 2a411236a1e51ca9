#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "datasets/table.h"

namespace hone {

/// Which column of a table is what.
struct Roles {
  std::size_t target = 0;
  /// All other columns in order of the source.
  std::vector<std::size_t> features;
  /// Those of `features` that the spec leaves out, with the reason; empty for the others.
  std::vector<std::string> left_out;
  /// Those of `features` that the spec calls categorical.
  std::vector<bool> categorical;
  /// Names the part of every row; such a column is left out of the features' values.
  std::optional<std::size_t> part;
};

/// Finds target, part, categorical and left-out columns by name, the target also by number (from 1, -1 = last). Throws
/// Error("data::no-target") or Error("data::unknown-column") with a suggestion.
Roles find_roles(const Table& table, const DatasetSpec& spec);

/// Refuses options that no import can follow, before anything is read: throws Error("data::…").
void check_import_options(const DatasetSpec& spec);

}  // namespace hone
