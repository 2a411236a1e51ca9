#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "configs/input_layout.h"
#include "datasets/array.h"
#include "datasets/dataset_store.h"

namespace hone {

/// What training rows say of one nominal column.
struct NominalFit {
  /// Slot of each level: its own, or that of rare values (slots_of − 2) for a level of fewer than two training rows or
  /// beyond the kMostLevelSlots most frequent.
  std::vector<std::int32_t> slots;
  /// Whether any training row has a rare level, and whether any is missing. A one-hot slot without training rows stays
  /// zero: no weight of it was learnt.
  bool rare_seen = false;
  bool missing_seen = false;
};

/// Preprocessing fitted on training rows: what turns raw values into a model's float32 input, laid out as
/// configs/input_layout.h says.
///
/// - Images: (pixel − mean[channel]) / spread[channel].
/// - Numbers: missing → fill (median); then `standard`: (x − mean) / spread; `robust`: z = (x − median) / quartile
///   distance, z / √(1 + (z/3)²) (RealMLP: Holzmüller et al. 2024, 3.1); `quantile`: normal score of the place among
///   the training rows' quantiles, missing → 0 (TabM: Gorishniy et al. 2025, D.1); `none`: x. A constant has spread 1.
/// - Nominal columns: by slot. How they come to a model with embeddings: /nominal of a dataset file is i32 [rows, m],
///   the level's code, −1 = missing; the model's input holds one float for each of code_blocks(facts), a slot 0 …
///   slots − 1, never negative: level slots first, then slot slots − 2 for rare and unknown values, then slot
///   slots − 1 for missing ones. The last two may have had no training row, so that an embedding starts their rows at
///   zero.
/// - Regression targets are standardised by target_mean and target_spread.
struct Preprocess {
  /// With the encoding that the fit is for.
  DataFacts facts;
  /// [channels] of an image, else [kept numeric columns].
  std::vector<float> mean;
  std::vector<float> spread;
  /// [kept numeric columns]: the training rows' medians.
  std::vector<float> fill;
  /// Of encoding `quantile`: ascending quantiles of each kept numeric column at equal steps of probability.
  std::vector<std::vector<float>> quantiles;
  /// [kept nominal columns].
  std::vector<NominalFit> nominal;
  double target_mean = 0;
  double target_spread = 1;
  /// Least and greatest target of the training rows: a regression's predictions are held within.
  double target_low = -std::numeric_limits<double>::infinity();
  double target_high = std::numeric_limits<double>::infinity();
};

/// Fits everything on the training rows alone.
Preprocess fit_preprocess(const Dataset& dataset, std::span<const std::int64_t> train_rows,
                          const InputEncoding& encoding = {});

/// Encodes rows of the data set: [rows.size(), input_width(facts)] row-major into `out`.
void encode_rows(const Preprocess& preprocess, const Dataset& dataset, std::span<const std::int64_t> rows,
                 std::span<float> out);

/// Codes of a nominal value beyond its levels, as a TableEncoder takes them.
inline constexpr std::int32_t kMissingLevel = -1;
inline constexpr std::int32_t kUnknownLevel = -2;

/// Encodes rows of tables; made once for many rows. Refers to the preprocessing, which must outlive it.
class TableEncoder {
 public:
  explicit TableEncoder(const Preprocess& preprocess);
  /// One row: kept numeric values with NaN = missing, then codes of the kept nominal columns → `out` [input_width].
  void encode(const float* numeric, const std::int32_t* nominal, float* out) const;

 private:
  float scaled(std::size_t column, float value) const;

  const Preprocess& preprocess_;
  /// Blocks after the numeric ones, each with its place among the kept columns of its type.
  struct Block {
    InputBlock block;
    std::size_t index = 0;
    std::int64_t levels = 0;
  };
  std::vector<Block> blocks_;
};

/// Encodes raw pixels: `raw` [rows, pixels] → `out`.
void encode_pixels(const Preprocess& preprocess, std::span<const std::uint8_t> raw, std::int64_t rows,
                   std::span<float> out);

/// A table for predict: same columns as the training data by name (or by position without header); a target column is
/// ignored when present. Unknown levels and missing values are encoded, not refused.
/// The layout (separator, header, missing words) is the training data's. Returns [rows, input_width]. Throws
/// Error("data::…") with file, line, column.
std::vector<float> encode_csv(const Preprocess& preprocess, const std::string& file, std::int64_t* rows);

/// The rows of a file for predict, encoded as by encode_csv: for a model of images also a PNG or JPEG picture, brought
/// to its size, an IDX file or a NumPy array of images.
std::vector<float> encode_file(const Preprocess& preprocess, const std::string& file, std::int64_t* rows);

}  // namespace hone
