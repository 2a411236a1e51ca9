#include <algorithm>
#include <cassert>
#include <set>
#include <vector>

#include "core/error.h"
#include "core/files.h"
#include "datasets/hdf5_file.h"
#include "datasets/hdf5_library.h"

namespace hone {
namespace {

constexpr std::size_t kMaxAttributeBytes = 64 << 10;
/// Larger arrays cannot stand inside an object header; the format's limit is 64 KiB.
constexpr std::size_t kMaxCompactBytes = 60'000;

class Writer {
 public:
  Writer(const std::filesystem::path& path, const Hdf5Content& content, const Hdf5WriteOptions& options)
      : path_(path), content_(content), options_(options) {}

  void write() {
    if (!options_.publish) return write_to(path_);
    const std::filesystem::path temporary = temporary_beside(path_);
    try {
      write_to(temporary);
      publish_file(temporary, path_);
    } catch (...) {
      std::error_code ignored;
      std::filesystem::remove(temporary, ignored);
      throw;
    }
  }

 private:
  void require(bool holds, const std::string& what) const {
    if (!holds) throw Error("hdf5::unwritable", "cannot write " + what + " of `" + path_.string() + "`");
  }

  void write_to(const std::filesystem::path& file_path) {
    const auto lock = lock_hdf5();
    Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_libver_bounds(access, H5F_LIBVER_LATEST, H5F_LIBVER_LATEST);
    H5Pset_alignment(access, 1, static_cast<hsize_t>(options_.alignment));
    // No reserves between the objects: a model's weights are a few KiB.
    H5Pset_meta_block_size(access, 0);
    H5Pset_small_data_block_size(access, 0);
    Hdf5Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    plan_group(creation, "");
    Hdf5Handle file(H5Fcreate(file_path.c_str(), H5F_ACC_EXCL, creation, access), H5Fclose);
    require(file.valid(), "the file");
    for (const auto& [name, text] : content_.attributes) write_attribute(file, name, text);
    for (const auto& [name, array] : content_.arrays) {
      make_groups(file, name);
      write_array(file, name, array);
    }
    require(file.close(), "the end");
  }

  /// Links stand in the group's header, which gets exactly the room they need: the default reserves several hundred
  /// bytes a group and moves to a B-tree of kilobytes beyond eight links.
  void plan_group(hid_t creation, const std::string& prefix) const {
    std::set<std::string> children;
    std::size_t longest = 1;
    for (const auto& [name, array] : content_.arrays) {
      if (!name.starts_with(prefix)) continue;
      const std::string child = name.substr(prefix.size(), name.find('/', prefix.size()) - prefix.size());
      children.insert(child);
      longest = std::max(longest, child.size());
    }
    H5Pset_link_phase_change(creation, 65'535, 0);
    H5Pset_est_link_info(creation, static_cast<unsigned>(children.size()), static_cast<unsigned>(longest));
    H5Pset_obj_track_times(creation, false);
  }

  void make_groups(hid_t file, const std::string& name) {
    for (std::size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1)) {
      const std::string group = name.substr(0, slash);
      if (!groups_.insert(group).second) continue;
      Hdf5Handle creation(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
      plan_group(creation, group + "/");
      Hdf5Handle made(H5Gcreate2(file, group.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Gclose);
      require(made.valid(), "group `" + group + "`");
    }
  }

  void write_array(hid_t file, const std::string& name, const Array& array) const {
    assert(array.bytes.size() == static_cast<std::size_t>(array.count()) * size_of(array.type));
    const std::vector<hsize_t> sizes(array.shape.begin(), array.shape.end());
    Hdf5Handle space(
        sizes.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
        H5Sclose);
    Hdf5Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    const bool compact = options_.alignment <= 1 && array.bytes.size() <= kMaxCompactBytes;
    // Room for attributes that never come: 160 bytes an array.
    H5Pset_dset_no_attrs_hint(creation, true);
    H5Pset_layout(creation, compact ? H5D_COMPACT : H5D_CONTIGUOUS);
    H5Pset_obj_track_times(creation, false);
    H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER);
    const hid_t type = hdf5_type(array.type);
    Hdf5Handle dataset(H5Dcreate2(file, name.c_str(), type, space, H5P_DEFAULT, creation, H5P_DEFAULT), H5Dclose);
    require(dataset.valid(), "array `" + name + "`");
    if (array.bytes.empty()) return;
    require(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, array.bytes.data()) >= 0, "array `" + name + "`");
  }

  void write_attribute(hid_t file, const std::string& name, const std::string& text) const {
    require(text.size() <= kMaxAttributeBytes, "attribute `" + name + "`");
    Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type, text.size() + 1);
    H5Tset_cset(type, H5T_CSET_UTF8);
    Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
    Hdf5Handle attribute(H5Acreate2(file, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    require(attribute.valid() && H5Awrite(attribute, type, text.c_str()) >= 0, "attribute `" + name + "`");
  }

  const std::filesystem::path& path_;
  const Hdf5Content& content_;
  const Hdf5WriteOptions& options_;
  std::set<std::string> groups_;
};

}  // namespace

void write_hdf5(const std::filesystem::path& path, const Hdf5Content& content, const Hdf5WriteOptions& options) {
  Writer(path, content, options).write();
}

}  // namespace hone
