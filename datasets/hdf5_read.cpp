#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>

#include "core/error.h"
#include "datasets/hdf5_file.h"
#include "datasets/hdf5_library.h"

namespace hone {
namespace {

// Bounds of reliability.md §10.
constexpr int kMaxRank = 8;
constexpr int kMaxDepth = 16;
constexpr std::size_t kMaxObjects = 10'000;
constexpr std::size_t kMaxAttributeBytes = 64 << 10;
constexpr std::uint64_t kMaxChunkBytes = 256 << 20;
constexpr std::uint64_t kMaxExpansion = 1'100;

/// Walks a file nobody trusts and shows every array to `visit`.
class Reader {
 public:
  using Visit = std::function<void(const std::string& name, hid_t dataset, const Array& header)>;

  explicit Reader(const std::filesystem::path& path)
      : path_(path), lock_(lock_hdf5()), file_(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose) {
    if (!file_.valid()) {
      std::error_code problem;
      const bool there = std::filesystem::exists(path, problem);
      throw Error(there ? "hdf5::damaged" : "hdf5::missing",
                  "`" + path.string() + "` " + (there ? "is no HDF5 file or is damaged" : "does not exist"));
    }
    bytes_ = std::filesystem::file_size(path);
  }

  std::map<std::string, std::string> attributes() {
    std::map<std::string, std::string> texts;
    H5O_info_t info;
    require(H5Oget_info2(file_, &info, H5O_INFO_NUM_ATTRS) >= 0 && info.num_attrs <= kMaxObjects, "/", "is damaged");
    for (hsize_t i = 0; i < info.num_attrs; ++i) {
      Hdf5Handle attribute(H5Aopen_by_idx(file_, ".", H5_INDEX_NAME, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT),
                           H5Aclose);
      require(attribute.valid(), "/", "has a damaged attribute");
      std::array<char, 256> name{};
      require(H5Aget_name(attribute, name.size(), name.data()) > 0, "/", "has a damaged attribute");
      texts[name.data()] = text_of(attribute, name.data());
    }
    return texts;
  }

  void walk(const Visit& visit) { walk_group(file_, "", 0, visit); }

  Array read(const std::string& name, hid_t dataset, Array header) const {
    std::uint64_t bytes = size_of(header.type);
    for (std::int64_t size : header.shape) {
      require(!__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(size), &bytes), name, "is too large");
    }
    require(bytes <= kMaxExpansion * bytes_, name, "claims more data than its file can hold");
    header.bytes.resize(bytes);
    if (bytes == 0) return header;
    const herr_t done = H5Dread(dataset, hdf5_type(header.type), H5S_ALL, H5S_ALL, H5P_DEFAULT, header.bytes.data());
    require(done >= 0, name, "cannot be read");
    return header;
  }

  /// Offset of a contiguous array, checked to lie inside the file; nothing for another layout.
  std::optional<std::int64_t> offset_of(const std::string& name, hid_t dataset, const Array& header) const {
    Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose);
    if (H5Pget_layout(creation) != H5D_CONTIGUOUS) return std::nullopt;
    std::uint64_t bytes = size_of(header.type);
    for (std::int64_t size : header.shape) {
      require(!__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(size), &bytes), name, "is too large");
    }
    if (bytes == 0) return 0;
    const haddr_t offset = H5Dget_offset(dataset);
    require(offset != HADDR_UNDEF && offset <= bytes_ && bytes <= bytes_ - offset, name, "reaches beyond the file");
    return static_cast<std::int64_t>(offset);
  }

 private:
  void require(bool holds, const std::string& object, const std::string& what) const {
    if (!holds) throw Error("hdf5::refused", "`" + object + "` in `" + path_.string() + "` " + what);
  }

  std::string text_of(hid_t attribute, const std::string& name) const {
    Hdf5Handle type(H5Aget_type(attribute), H5Tclose);
    Hdf5Handle space(H5Aget_space(attribute), H5Sclose);
    require(
        H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0 && H5Sget_simple_extent_npoints(space) == 1,
        "/@" + name, "is no text");
    const std::size_t size = H5Tget_size(type);
    require(size <= kMaxAttributeBytes + 1, "/@" + name, "is longer than 64 KiB");
    std::string text(size, '\0');
    require(H5Aread(attribute, type, text.data()) >= 0, "/@" + name, "cannot be read");
    text.resize(std::min(text.size(), text.find('\0')));
    return text;
  }

  void walk_group(hid_t group, const std::string& prefix, int depth, const Visit& visit) {
    require(depth <= kMaxDepth, "/" + prefix, "is nested deeper than 16 groups");
    H5G_info_t info;
    require(H5Gget_info(group, &info) >= 0 && info.nlinks <= kMaxObjects, "/" + prefix, "has more than 10,000 objects");
    for (hsize_t i = 0; i < info.nlinks; ++i) {
      std::array<char, 1024> raw{};
      const auto length =
          H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, raw.data(), raw.size(), H5P_DEFAULT);
      require(length > 0 && static_cast<std::size_t>(length) < raw.size(), "/" + prefix, "has a damaged link");
      walk_link(group, raw.data(), prefix + raw.data(), depth, visit);
    }
  }

  void walk_link(hid_t group, const char* link, const std::string& name, int depth, const Visit& visit) {
    H5L_info_t info;
    require(H5Lget_info(group, link, &info, H5P_DEFAULT) >= 0 && info.type == H5L_TYPE_HARD, "/" + name,
            "is a soft or external link, which hone does not follow");
    require(visited_.insert(info.u.address).second, "/" + name, "is linked twice");
    require(visited_.size() <= kMaxObjects, "/" + name, "is beyond the 10,000th object");
    Hdf5Handle object(H5Oopen(group, link, H5P_DEFAULT), H5Oclose);
    const H5I_type_t kind = object.valid() ? H5Iget_type(object) : H5I_BADID;
    if (kind == H5I_GROUP) {
      walk_group(object, name + "/", depth + 1, visit);
    } else {
      require(kind == H5I_DATASET, "/" + name, "is neither a group nor an array");
      visit(name, object, header_of(name, object));
    }
  }

  /// Type and shape, after all that makes an array dangerous to read was excluded.
  Array header_of(const std::string& name, hid_t dataset) const {
    Array header;
    Hdf5Handle type(H5Dget_type(dataset), H5Tclose);
    header.type = dtype_of_file(name, type);
    Hdf5Handle space(H5Dget_space(dataset), H5Sclose);
    const int rank = H5Sget_simple_extent_ndims(space);
    require(rank >= 0 && rank <= kMaxRank, "/" + name, "has more than 8 dimensions");
    std::array<hsize_t, kMaxRank> sizes{};
    require(H5Sget_simple_extent_dims(space, sizes.data(), nullptr) == rank, "/" + name, "has a damaged shape");
    for (int i = 0; i < rank; ++i) {
      require(sizes[i] <= std::uint64_t{1} << 48, "/" + name, "has a damaged shape");
      header.shape.push_back(static_cast<std::int64_t>(sizes[i]));
    }
    check_storage(name, dataset);
    return header;
  }

  void check_storage(const std::string& name, hid_t dataset) const {
    Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose);
    require(H5Pget_external_count(creation) == 0, "/" + name, "keeps its data in another file");
    const H5D_layout_t layout = H5Pget_layout(creation);
    require(layout == H5D_CONTIGUOUS || layout == H5D_COMPACT || layout == H5D_CHUNKED, "/" + name, "is virtual");
    if (layout != H5D_CHUNKED) return;
    std::array<hsize_t, kMaxRank> chunk{};
    const int rank = H5Pget_chunk(creation, kMaxRank, chunk.data());
    require(rank >= 0 && rank <= kMaxRank, "/" + name, "has damaged chunks");
    std::uint64_t bytes = 8;
    for (int i = 0; i < rank; ++i) {
      require(!__builtin_mul_overflow(bytes, chunk[i], &bytes) && bytes <= kMaxChunkBytes, "/" + name,
              "has chunks above 256 MiB");
    }
    const int filters = H5Pget_nfilters(creation);
    for (int i = 0; i < filters; ++i) {
      unsigned flags = 0;
      std::size_t values = 0;
      const H5Z_filter_t filter = H5Pget_filter2(creation, i, &flags, &values, nullptr, 0, nullptr, nullptr);
      require(filter == H5Z_FILTER_DEFLATE || filter == H5Z_FILTER_SHUFFLE || filter == H5Z_FILTER_FLETCHER32,
              "/" + name, "uses a filter other than deflate, shuffle, fletcher32");
    }
  }

  DType dtype_of_file(const std::string& name, hid_t type) const {
    for (DType known : {DType::f32, DType::f64, DType::u8, DType::s8, DType::i16, DType::i32, DType::i64}) {
      if (H5Tequal(type, hdf5_type(known)) > 0) return known;
    }
    throw Error("hdf5::refused", "`/" + name + "` in `" + path_.string() +
                                     "` has a type hone does not use (f32 f64 u8 s8 i16 i32 i64, little endian)");
  }

  const std::filesystem::path& path_;
  std::unique_lock<std::mutex> lock_;
  Hdf5Handle file_;
  std::uint64_t bytes_ = 0;
  std::set<haddr_t> visited_;
};

}  // namespace

Hdf5Content read_hdf5(const std::filesystem::path& path) {
  Reader reader(path);
  Hdf5Content content;
  content.attributes = reader.attributes();
  reader.walk([&](const std::string& name, hid_t dataset, const Array& header) {
    content.arrays[name] = reader.read("/" + name, dataset, header);
  });
  return content;
}

std::map<std::string, ArrayLocation> locate_arrays(const std::filesystem::path& path,
                                                   std::map<std::string, std::string>* attributes) {
  Reader reader(path);
  if (attributes != nullptr) *attributes = reader.attributes();
  std::map<std::string, ArrayLocation> locations;
  reader.walk([&](const std::string& name, hid_t dataset, const Array& header) {
    const std::optional<std::int64_t> offset = reader.offset_of("/" + name, dataset, header);
    if (offset) locations[name] = ArrayLocation{header.type, header.shape, *offset};
  });
  return locations;
}

}  // namespace hone
