#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "configs/data_facts.h"
#include "datasets/complaints.h"
#include "datasets/formats/csv.h"

namespace hone {

/// One feature column as the data set keeps it.
struct FeatureColumn {
  ColumnFacts facts;
  /// Of a kept numeric column, NaN = missing.
  std::vector<float> numeric;
  /// Of a kept nominal column: code of the level, −1 = missing.
  std::vector<std::int32_t> nominal;
};

/// Reads a feature column and decides what it is.
///
/// - No value at all: a complaint.
/// - More than half of its values are numbers: numeric. Each other word in it is a complaint with its place.
/// - Else nominal, its levels sorted by bytes. With more than 100 levels in more than half of its values it names the
///   rows: dropped.
/// - The same value in every row: dropped (a nominal column with gaps is kept, the gap itself says something).
FeatureColumn read_feature(const CsvTable& table, std::size_t column, Complaints& complaints);

/// Whether more than half of the column's values are numbers.
bool is_mostly_numbers(const CsvTable& table, std::size_t column);

/// A number that fits float32; adds a complaint and answers NaN for anything else.
float read_number(const CsvTable& table, std::size_t row, std::size_t column, Complaints& complaints);

}  // namespace hone
