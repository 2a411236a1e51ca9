#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace hone {

/// One feature column of a data set in the order of the source (pixels of an image are one shape, not columns).
struct ColumnFacts {
  std::string name;
  /// `numeric` or `nominal`.
  std::string type = "numeric";
  /// Levels of a nominal column, in order of code.
  std::vector<std::string> levels;
  std::int64_t missing = 0;
  /// Left out (constant, or asked for by `drop`), with the reason in `why`.
  bool dropped = false;
  std::string why;
};

/// How the source was laid out: a table to predict is read the same way.
struct TableLayout {
  /// `auto`, `tab` or one character.
  std::string separator = "auto";
  /// The first line holds names.
  bool header = false;
  /// Words that mean a missing value.
  std::vector<std::string> missing = {"", "?", "NA", "NaN", "null"};
  /// Position of the target among `columns`, or among the pixels of an image; from 0.
  std::int64_t target_column = 0;
};

/// How columns become inputs: chosen by [dataset] and the family, known before anything is fitted, so that the width of
/// a model's input is a function of schema and options alone.
struct InputEncoding {
  /// `standard`, `robust`, `quantile` or `none`.
  std::string numeric = "standard";
  /// Of nominal columns: `onehot`; `embedding`, each as a code; `mixed`, a code for 10 levels and more, one-hot below;
  /// `ordinal`.
  std::string categories = "onehot";

  bool operator==(const InputEncoding&) const = default;
};

/// What an import learns of a data set: all that `hone` needs to know without opening a data file.
struct DataFacts {
  std::string task;  ///< `classification` or `regression`
  std::string target;
  TableLayout layout;
  std::int64_t rows = 0;
  /// [channels, height, width] of images, else empty.
  std::vector<std::int64_t> shape;
  /// Class labels in order of code; empty for regression.
  std::vector<std::string> classes;
  std::vector<std::int64_t> class_counts;
  std::vector<ColumnFacts> columns;
  InputEncoding encoding;
  /// SHA-256 of schema and arrays; the encoding is not part of it.
  std::string hash;
  /// Rows per part of the split the study uses; 0 before the split job ran.
  std::int64_t train_rows = 0;
  std::int64_t validation_rows = 0;
  std::int64_t test_rows = 0;
};

nlohmann::json to_json_object(const DataFacts& facts);
/// Throws Error("protocol::bad-facts").
DataFacts facts_from_json(const nlohmann::json& object);

/// Kept columns of a type.
std::int64_t kept_columns(const DataFacts& facts, std::string_view type);
/// Width of the encoded input: pixels, or the end of the last of input_blocks (configs/input_layout.h).
std::int64_t input_width(const DataFacts& facts);
/// Outputs of a model: classes, or 1 for regression.
std::int64_t output_width(const DataFacts& facts);

}  // namespace hone
