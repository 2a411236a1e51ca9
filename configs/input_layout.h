#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "configs/data_facts.h"

namespace hone {

/// What a stretch of a model's input holds for one column of a table.
enum class InputKind {
  numeric,    ///< the scaled number; where it is missing, the training rows' median, scaled
  indicator,  ///< 1 where the number is missing, else 0; columns with a missing value anywhere have one
  onehot,     ///< a 1 in the row's slot
  ordinal,    ///< place of the level in their order, -1 … 1; unknown and missing are 0
  code,       ///< the row's slot as a number, for an embedding
};

struct InputBlock {
  InputKind kind = InputKind::numeric;
  /// Index among DataFacts::columns.
  std::size_t column = 0;
  /// First input and how many.
  std::int64_t first = 0;
  std::int64_t width = 1;
  /// Of onehot and code: how many slots the column has.
  std::int64_t slots = 0;
};

/// A level beyond so many has no slot of its own: the most frequent ones in the training rows have (tabular.md 2).
inline constexpr std::int64_t kMostLevelSlots = 100;
/// From so many levels on `mixed` gives a code instead of one-hot slots.
inline constexpr std::int64_t kFirstMixedCode = 10;

/// Slots of a nominal column: one for each of its levels (at most kMostLevelSlots), then one for rare and unknown
/// values, then one for missing ones. The last two may be without a training row: an embedding starts them at zero.
std::int64_t slots_of(const ColumnFacts& column);

/// The input of a table column by column: all numeric ones, then their indicators, then the nominal ones, each in the
/// order of the source. Empty for images.
std::vector<InputBlock> input_blocks(const DataFacts& facts);

/// Blocks that hold codes, for families with embeddings.
std::vector<InputBlock> code_blocks(const DataFacts& facts);

/// The encoding that the words of [dataset] numeric and categories mean; `embeds` says that the family has embeddings.
InputEncoding resolve_encoding(std::string_view numeric, std::string_view categories, bool embeds);

}  // namespace hone
