#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "datasets/array.h"

namespace hone {

/// Everything hone does with HDF5 (hdf5_read.cpp, hdf5_write.cpp). Arrays are written contiguous and unfiltered in the
/// newest file format; attributes of the root are texts. Files appear whole (temporary name, fsync, rename).
struct Hdf5Content {
  NamedArrays arrays;
  std::map<std::string, std::string> attributes;
};

struct Hdf5WriteOptions {
  /// Objects start at multiples of this many bytes (64 for data sets, so that they can be mapped; 1 for weights).
  std::int64_t alignment = 1;
  /// False inside a folder that is published whole: written under its name at once, without fsync.
  bool publish = true;
};

void write_hdf5(const std::filesystem::path& path, const Hdf5Content& content, const Hdf5WriteOptions& options = {});

/// Reads everything with the bounds of reliability.md §10 (no external files, no filters but
/// deflate/shuffle/fletcher32, at most 10,000 objects, rank ≤ 8). Throws Error("hdf5::…") naming file and object.
Hdf5Content read_hdf5(const std::filesystem::path& path);

/// "1.10.8": of the library that is loaded.
std::string hdf5_version();

/// Where an array lies in a file, for mapping it.
struct ArrayLocation {
  DType type;
  std::vector<std::int64_t> shape;
  std::int64_t offset = 0;
};
/// Locations of all contiguous unfiltered arrays, and the attributes.
std::map<std::string, ArrayLocation> locate_arrays(const std::filesystem::path& path,
                                                   std::map<std::string, std::string>* attributes);

}  // namespace hone
