#include "datasets/data_format.h"

#include <array>

#include "configs/dataset_files.h"
#include "core/error.h"
#include "core/text.h"
#include "datasets/formats/archive.h"
#include "datasets/formats/idx.h"

namespace hone {
namespace {

const DataFormat& format_named(std::string_view name) {
  static const std::array<const DataFormat*, 6> kFormats = {&kCsvFormat, &kTsvFormat,    &kIdxFormat,
                                                            &kNpyFormat, &kImagesFormat, &kHdf5Format};
  for (const DataFormat* format : kFormats) {
    if (format->name == name) return *format;
  }
  throw Error("data::unsupported", "data of format `" + std::string(name) + "` cannot be read");
}

/// What a folder holds: the format of the first file whose name tells.
std::string_view guessed_folder(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::string name = entry.path().filename().string();
    if (name.ends_with(".gz")) name.resize(name.size() - 3);
    if (name.ends_with(".npy")) return "npy";
    if (name.ends_with("-ubyte") || name.ends_with(".idx")) return "idx";
  }
  return "images";
}

std::string_view guessed_name(const std::string& path) {
  std::error_code problem;
  if (std::filesystem::is_directory(path, problem)) return guessed_folder(path);
  if (is_archive_name(path)) return "images";
  const std::string name = to_lower(path);
  if (name.ends_with(".npy") || name.ends_with(".npy.gz")) return "npy";
  if (name.ends_with(".h5") || name.ends_with(".hdf5")) return "hdf5";
  return is_idx_file(path) ? "idx" : "csv";
}

}  // namespace

void throw_no_source(const std::string& path, const std::string& what) {
  Diagnostic missing;
  missing.code = "data::no-source";
  missing.message = what + " `" + path + "`";
  missing.notes = {"looked for " + std::filesystem::absolute(path).lexically_normal().string()};
  throw Error(missing);
}

std::vector<SourceFile> named_files(const DatasetSpec& spec) {
  if (!spec.source.empty()) return {{spec.source, Part::train}};
  std::vector<SourceFile> files;
  if (!spec.files.train.empty()) files.push_back({spec.files.train, Part::train});
  if (!spec.files.validation.empty()) files.push_back({spec.files.validation, Part::validation});
  if (!spec.files.test.empty()) files.push_back({spec.files.test, Part::test});
  return files;
}

void add_parts(const std::vector<std::pair<Part, std::int64_t>>& counts, ImportedData& data) {
  std::vector<std::uint8_t> parts;
  bool all_train = true;
  for (const auto& [part, rows] : counts) {
    parts.insert(parts.end(), static_cast<std::size_t>(rows), static_cast<std::uint8_t>(part));
    all_train = all_train && part == Part::train;
  }
  const auto rows = static_cast<std::int64_t>(parts.size());
  if (!all_train) data.arrays["part"] = make_array<std::uint8_t>({rows}, parts);
}

const DataFormat& format_of(const DatasetSpec& spec) {
  std::error_code problem;
  for (const std::string& path : source_paths(spec)) {
    if (!std::filesystem::exists(path, problem)) throw_no_source(path);
  }
  if (spec.format != "auto") return format_named(spec.format);
  return format_named(is_table(spec) ? "csv" : guessed_name(source_paths(spec).at(0)));
}

}  // namespace hone
