#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "configs/data_facts.h"
#include "configs/experiment_spec.h"
#include "datasets/array.h"

namespace hone {

/// Values of /part: what a row is there for, where the source says so.
enum class Part : std::uint8_t { train = 0, validation = 1, test = 2 };

/// What a source holds, as a dataset file keeps it.
struct ImportedData {
  DataFacts facts;
  NamedArrays arrays;
};

/// A file of a source.
struct SourceFile {
  std::filesystem::path path;
  Part part = Part::train;
  /// What its place in the source says beside its content: a class, "labels"; part of the import's hash.
  std::string role{};
};

/// One way a source may be written.
struct DataFormat {
  /// The word of [dataset] format.
  std::string_view name;
  /// Every file that `read` reads, in a fixed order: the hash of an import is made of them.
  std::vector<SourceFile> (*files)(const DatasetSpec& spec);
  /// Throws Error("data::…") with file and place.
  ImportedData (*read)(const DatasetSpec& spec);
};

/// The row of the table of formats that reads this source: as `format` says, else by its name and first bytes.
/// Throws Error("data::no-source") for a source that is not there.
const DataFormat& format_of(const DatasetSpec& spec);

extern const DataFormat kCsvFormat;
extern const DataFormat kTsvFormat;
extern const DataFormat kIdxFormat;
extern const DataFormat kNpyFormat;
extern const DataFormat kImagesFormat;
extern const DataFormat kHdf5Format;

/// The paths that [dataset] source names with their parts; a single one is all `train`.
std::vector<SourceFile> named_files(const DatasetSpec& spec);
/// /part for rows in the order of the parts: `counts` rows each; nothing when all of them train.
void add_parts(const std::vector<std::pair<Part, std::int64_t>>& counts, ImportedData& data);

/// Throws Error("data::no-source") that says where was looked.
[[noreturn]] void throw_no_source(const std::string& path, const std::string& what = "there is no data file");

}  // namespace hone
