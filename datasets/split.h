#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "configs/experiment_spec.h"
#include "datasets/dataset_store.h"

namespace hone {

/// Fold of every row: 0 validates, −1 test, −2 always trains (architecture.md "split.h5").
using Folds = std::vector<std::int16_t>;

/// Splits as `spec.kind` says: by shares of all rows (holdout), or by /part of the data set (files, column), where a
/// share of the training rows validates when the source names no validation rows; `auto` is files where there is a
/// /part, else holdout. Shares are dealt by a counter-based stream of split.seed; stratified by class when asked: each
/// part has every class's share to within one row, and every class has at least one training row. A function of (data,
/// spec) alone. Throws Error("data::cannot-split") when a part would be empty, "data::no-parts" for files without a
/// /part.
Folds make_split(const SplitSpec& spec, const Dataset& dataset);

void write_split(const std::filesystem::path& file, std::span<const std::int16_t> folds);
Folds read_split(const std::filesystem::path& file);

struct SplitRows {
  std::vector<std::int64_t> train;
  std::vector<std::int64_t> validation;
  std::vector<std::int64_t> test;
};
/// Row numbers of each part when `fold` validates, ascending.
SplitRows rows_of(std::span<const std::int16_t> folds, int fold);

}  // namespace hone
