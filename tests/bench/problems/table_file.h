#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/metrics.h"
#include "core/param_value.h"

namespace hone {

/// One axis of a table as it stands in the file.
struct TableAxis {
  std::string name;
  bool ordinal = false;
  std::vector<ParamValue> levels;
};

/// The content of a table's file (data README).
struct TableFile {
  Goal goal = Goal::minimize;
  /// In the order of the array's axes.
  std::vector<TableAxis> axes;
  std::size_t seeds = 0;
  /// Row-major [levels of axis 0, …, seeds]; NaN where a seed is missing.
  std::vector<double> values;
};

/// Throws Error("bench::missing-data") when the file is absent or not such a table.
TableFile read_table(const std::filesystem::path& path);

}  // namespace hone
