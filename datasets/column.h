#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "configs/data_facts.h"
#include "datasets/complaints.h"
#include "datasets/table.h"

namespace hone {

/// One feature column as the data set keeps it.
struct FeatureColumn {
  ColumnFacts facts;
  /// Of a kept numeric column, NaN = missing.
  std::vector<float> numeric;
  /// Of a kept nominal column: code of the level, −1 = missing.
  std::vector<std::int32_t> nominal;
};

/// What a column is by its values (`automatic`), or by the word of somebody who knows.
enum class ColumnKind {
  automatic,  ///< numeric when more than half of its values are numbers, else nominal
  literal,    ///< as automatic, but numbers without any decimal point are codes of texts: nominal
  nominal,    ///< whatever its values are
};

/// Reads a feature column.
///
/// - No value at all: a complaint.
/// - Numeric: each word in it is a complaint with its place.
/// - Nominal: its levels are sorted as integers when all are, else by bytes. With more than 100 levels in more than
/// half
///   of its values it names the rows: dropped.
/// - The same value in every row: dropped (a nominal column with gaps is kept, the gap itself says something).
FeatureColumn read_feature(const Table& table, std::size_t column, ColumnKind kind, Complaints& complaints);

/// Whether more than half of the column's values are numbers.
bool is_mostly_numbers(const Table& table, std::size_t column);

/// A number that fits float32; adds a complaint and answers NaN for anything else.
float read_number(const Table& table, std::size_t row, std::size_t column, Complaints& complaints);

}  // namespace hone
