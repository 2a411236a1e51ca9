#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "datasets/complaints.h"
#include "datasets/table.h"

namespace hone {

/// What is to be predicted.
struct TargetColumn {
  std::string task;  ///< `classification` or `regression`
  std::vector<std::string> classes;
  std::vector<std::int64_t> class_counts;
  /// Code of the class a row; classification.
  std::vector<std::int64_t> codes;
  /// Regression.
  std::vector<double> values;
};

/// Reads the target. `task` is `auto`, `classification` or `regression`; `auto` means classification when half of the
/// values or more are text, or when all are integers of at most 100 different values. Classes are ordered as integers
/// when all are, else by bytes. Complaints: a missing target, a class with one row, a single class, a word in a
/// regression.
TargetColumn read_target(const Table& table, std::size_t column, const std::string& task, Complaints& complaints);

}  // namespace hone
