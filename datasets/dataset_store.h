#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "configs/data_facts.h"
#include "datasets/array.h"

namespace hone {

/// Writes a dataset file: `facts` as /schema, `arrays` named as in architecture.md ("numeric", "nominal", "image",
/// "target", "part"). Returns the facts with their hash. `source` says where the data came from.
DataFacts write_dataset(const std::filesystem::path& file, DataFacts facts, NamedArrays arrays,
                        const std::string& source);

/// SHA-256 of the arrays of a dataset file, its schema among them: the `hash` of its facts.
std::string content_hash(const NamedArrays& arrays);

/// An imported data set, mapped read-only (architecture.md "Dataset file"). Spans are empty where the data have no such
/// part.
class Dataset {
 public:
  /// Throws Error("data::…") for a foreign, damaged or newer file.
  static Dataset open(const std::filesystem::path& file);

  const DataFacts& facts() const { return facts_; }
  /// Where the data came from.
  const std::string& source() const { return source_; }
  std::int64_t rows() const { return facts_.rows; }
  /// [rows, kept numeric columns], NaN = missing.
  std::span<const float> numeric() const { return numeric_; }
  /// [rows, kept nominal columns], −1 = missing.
  std::span<const std::int32_t> nominal() const { return nominal_; }
  /// [rows, channels, height, width].
  std::span<const std::uint8_t> image() const { return image_; }
  /// [rows], codes 0 … K−1; classification.
  std::span<const std::int64_t> classes() const { return classes_; }
  /// [rows]; regression.
  std::span<const double> values() const { return values_; }
  /// [rows], values of Part; empty when the source does not say what its rows are there for.
  std::span<const std::uint8_t> parts() const { return parts_; }

 private:
  struct Mapping;
  std::shared_ptr<const Mapping> mapping_;
  DataFacts facts_;
  std::string source_;
  std::span<const float> numeric_;
  std::span<const std::int32_t> nominal_;
  std::span<const std::uint8_t> image_;
  std::span<const std::int64_t> classes_;
  std::span<const double> values_;
  std::span<const std::uint8_t> parts_;
};

}  // namespace hone
