#pragma once

#include <functional>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "datasets/data_format.h"

namespace hone {

/// A picture of a source: in a folder, or in an archive.
struct PictureEntry {
  /// The archive, or the file itself.
  std::string file;
  /// Path inside the folder or archive.
  std::string path;
  /// Number of the entry in its archive; 0 in a folder.
  std::int64_t number = 0;
  /// Name of the folder that holds the picture.
  std::string label;
  Part part = Part::train;
};

/// Files and archives that hold the pictures of a source. A folder that holds archives means these; `train` in its name
/// or in a folder above a picture says the part (train, val, validation, valid, test).
std::vector<SourceFile> picture_files(const DatasetSpec& spec);

/// Every picture of the source, by part; within a part in the order of the archive, or of the paths. Names that begin
/// with a dot are left out, so is what is no PNG or JPEG by name. Throws Error("data::bad-archive") and
/// Error("data::no-pictures").
std::vector<PictureEntry> list_pictures(const DatasetSpec& spec);

/// Reads the entries, which list_pictures gave, in their order.
void read_pictures(const std::vector<PictureEntry>& entries,
                   const std::function<void(const PictureEntry&, const std::string& bytes)>& take);

}  // namespace hone
