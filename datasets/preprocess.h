#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "configs/data_facts.h"
#include "datasets/array.h"
#include "datasets/dataset_store.h"

namespace hone {

/// Preprocessing fitted on training rows: what turns raw values into a model's float32 input.
/// Images: (pixel − mean[channel]) / spread[channel]. Numeric columns: missing → mean, then (x − mean)/spread; a
/// constant column has spread 1. Nominal columns: one slot a level, one for unknown, one for missing. Regression
/// targets are standardised by target_mean and target_spread.
struct Preprocess {
  DataFacts facts;
  /// [channels] of an image, else [kept numeric columns].
  std::vector<float> mean;
  std::vector<float> spread;
  double target_mean = 0;
  double target_spread = 1;
};

/// `numeric` as in DatasetSpec: standard (auto) or none.
Preprocess fit_preprocess(const Dataset& dataset, std::span<const std::int64_t> train_rows,
                          const std::string& numeric = "auto");

/// Encodes rows of the data set: [rows.size(), input_width(facts)] row-major into `out`.
void encode_rows(const Preprocess& preprocess, const Dataset& dataset, std::span<const std::int64_t> rows,
                 std::span<float> out);

/// Codes of a nominal value beyond its levels, as encode_table_row takes them.
inline constexpr std::int32_t kMissingLevel = -1;
inline constexpr std::int32_t kUnknownLevel = -2;
/// Encodes one row of a table (no image): kept numeric values with NaN = missing, then codes of the kept nominal
/// columns. `out` [input_width]: the numeric columns first, then the slots of each nominal one.
void encode_table_row(const Preprocess& preprocess, const float* numeric, const std::int32_t* nominal, float* out);

/// Encodes raw values of a data set without nominal columns: `raw` [rows, pixels or kept numeric columns] → `out`.
void encode_raw(const Preprocess& preprocess, std::span<const float> raw, std::int64_t rows, std::span<float> out);

/// A table for predict: same columns as the training data by name (or by position without header); a target column is
/// ignored when present. Unknown levels and missing values are encoded, not refused.
/// The layout (separator, header, missing words) is the training data's. Returns [rows, input_width]. Throws
/// Error("data::…") with file, line, column.
std::vector<float> encode_csv(const Preprocess& preprocess, const std::string& file, std::int64_t* rows);

}  // namespace hone
