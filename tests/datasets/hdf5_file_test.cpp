#include "datasets/hdf5_file.h"

#include <gtest/gtest.h>
#include <hdf5.h>

#include <numeric>

#include "tests/datasets/data_files.h"

namespace hone {
namespace {

Array floats(std::vector<std::int64_t> shape) {
  Array array = make_array<float>(shape, {});
  array.bytes.resize(static_cast<std::size_t>(array.count()) * sizeof(float));
  std::iota(array.as<float>().begin(), array.as<float>().end(), 0.5f);
  return array;
}

Hdf5Content sample() {
  Hdf5Content content;
  const std::vector<std::int8_t> small = {-128, 0, 127};
  const std::vector<std::int64_t> large = {1ll << 62};
  const std::vector<double> scalar = {0.1};
  content.arrays["fc1/weight"] = floats({3, 5});
  content.arrays["fc1/bias"] = make_array<std::int8_t>({3}, small);
  content.arrays["deep/er/est"] = make_array<std::int64_t>({1}, large);
  content.arrays["scalar"] = make_array<double>({}, scalar);
  content.arrays["none"] = floats({0, 4});
  content.arrays["large"] = floats({200, 100});
  content.attributes = {{"format", "1"}, {"text", "zoë"}, {"empty", ""}};
  return content;
}

void expect_equal(const NamedArrays& left, const NamedArrays& right) {
  ASSERT_EQ(left.size(), right.size());
  for (const auto& [name, array] : left) {
    ASSERT_TRUE(right.contains(name)) << name;
    EXPECT_EQ(array.type, right.at(name).type) << name;
    EXPECT_EQ(array.shape, right.at(name).shape) << name;
    EXPECT_EQ(array.bytes, right.at(name).bytes) << name;
  }
}

std::int64_t bytes_of(const std::string& path) { return static_cast<std::int64_t>(std::filesystem::file_size(path)); }

TEST(Hdf5File, ReadsBackWhatWasWritten) {
  const DataFiles files;
  const Hdf5Content content = sample();
  write_hdf5(files.path("a.h5"), content);
  const Hdf5Content again = read_hdf5(files.path("a.h5"));
  expect_equal(content.arrays, again.arrays);
  EXPECT_EQ(content.attributes, again.attributes);
}

TEST(Hdf5File, HoldsManyArraysInOneGroup) {
  const DataFiles files;
  Hdf5Content content;
  for (int i = 0; i < 300; ++i) content.arrays["group/array" + std::to_string(i)] = floats({2});
  write_hdf5(files.path("a.h5"), content);
  expect_equal(content.arrays, read_hdf5(files.path("a.h5")).arrays);
}

TEST(Hdf5File, WritesTheSameBytesForTheSameContent) {
  const DataFiles files;
  write_hdf5(files.path("a.h5"), sample());
  write_hdf5(files.path("b.h5"), sample());
  EXPECT_EQ(read_file(files.path("a.h5")), read_file(files.path("b.h5")));
}

TEST(Hdf5File, LocatesAlignedArraysForMapping) {
  const DataFiles files;
  const Hdf5Content content = sample();
  write_hdf5(files.path("a.h5"), content, {.alignment = 64});
  std::map<std::string, std::string> attributes;
  const auto locations = locate_arrays(files.path("a.h5"), &attributes);
  EXPECT_EQ(attributes, content.attributes);
  const std::string bytes = read_file(files.path("a.h5"));
  ASSERT_EQ(locations.size(), content.arrays.size());
  for (const auto& [name, location] : locations) {
    const Array& array = content.arrays.at(name);
    EXPECT_EQ(location.type, array.type) << name;
    EXPECT_EQ(location.shape, array.shape) << name;
    EXPECT_EQ(location.offset % 64, 0) << name;
    EXPECT_EQ(bytes.compare(location.offset, array.bytes.size(), reinterpret_cast<const char*>(array.bytes.data()),
                            array.bytes.size()),
              0)
        << name;
  }
}

TEST(Hdf5File, SmallArraysCostLittleMoreThanTheirNumbers) {
  const DataFiles files;
  Hdf5Content content;
  std::int64_t numbers = 0;
  for (int layer = 0; layer < 10; ++layer) {
    const std::string name = "layer" + std::to_string(layer);
    content.arrays[name + "/weight"] = floats({16, 16});
    content.arrays[name + "/scale"] = floats({16});
    content.arrays[name + "/bias"] = floats({16});
    numbers += (256 + 16 + 16) * 4;
  }
  write_hdf5(files.path("a.h5"), content);
  // Headers of the format: 96 bytes a file, 100 to 120 an array, 60 and 15 a link for a group [HDF5 1.10.8].
  EXPECT_LT(bytes_of(files.path("a.h5")) - numbers, 96 + 30 * 120 + 10 * 140);
}

TEST(Hdf5File, LeavesNothingBehindWhenItCannotWrite) {
  const TemporaryFolder folder;
  Hdf5Content content = sample();
  content.attributes["long"] = std::string(100'000, 'x');
  EXPECT_THROW(write_hdf5(folder.path() / "a.h5", content), Error);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Hdf5File, SaysThatAFileIsMissingOrDamaged) {
  const DataFiles files;
  const std::string path = files.path("a.h5");
  EXPECT_EQ(complaints_of([&] { read_hdf5(path); }), Lines{"hdf5::missing: `" + path + "` does not exist"});
  files.write("a.h5", "no HDF5 at all");
  EXPECT_EQ(complaints_of([&] { read_hdf5(path); }),
            Lines{"hdf5::damaged: `" + path + "` is no HDF5 file or is damaged"});
}

TEST(Hdf5File, RefusesEveryTruncation) {
  const DataFiles files;
  Hdf5Content content;
  content.arrays["a/weight"] = floats({4, 4});
  write_hdf5(files.path("whole.h5"), content);
  const std::string whole = read_file(files.path("whole.h5"));
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    const std::string path = files.write("cut.h5", whole.substr(0, length));
    EXPECT_THROW(read_hdf5(path), Error) << length;
  }
}

/// A file made with the bare library, as a stranger would.
class ForeignFile {
 public:
  explicit ForeignFile(const std::string& path)
      : path_(path), file_(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)) {}
  ~ForeignFile() { close(); }
  hid_t id() const { return file_; }
  void close() {
    if (file_ >= 0) H5Fclose(file_);
    file_ = -1;
  }
  void add_dataset(const char* name, hid_t type, std::vector<hsize_t> shape, hid_t creation = H5P_DEFAULT) {
    const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    H5Dclose(H5Dcreate2(file_, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT));
    H5Sclose(space);
  }
  Lines complaints() {
    close();
    return complaints_of([&] { read_hdf5(path_); });
  }

 private:
  std::string path_;
  hid_t file_;
};

TEST(Hdf5File, RefusesSoftLinks) {
  const DataFiles files;
  ForeignFile file(files.path("a.h5"));
  H5Lcreate_soft("/elsewhere", file.id(), "link", H5P_DEFAULT, H5P_DEFAULT);
  EXPECT_EQ(file.complaints(), Lines{"hdf5::refused: `/link` in `" + files.path("a.h5") +
                                     "` is a soft or external link, which hone does not follow"});
}

TEST(Hdf5File, RefusesExternalLinks) {
  const DataFiles files;
  ForeignFile file(files.path("a.h5"));
  H5Lcreate_external("other.h5", "/x", file.id(), "link", H5P_DEFAULT, H5P_DEFAULT);
  EXPECT_EQ(file.complaints(), Lines{"hdf5::refused: `/link` in `" + files.path("a.h5") +
                                     "` is a soft or external link, which hone does not follow"});
}

TEST(Hdf5File, RefusesCycles) {
  const DataFiles files;
  ForeignFile file(files.path("a.h5"));
  const hid_t group = H5Gcreate2(file.id(), "group", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  H5Lcreate_hard(file.id(), "group", group, "self", H5P_DEFAULT, H5P_DEFAULT);
  H5Gclose(group);
  EXPECT_EQ(file.complaints(), Lines{"hdf5::refused: `/group/self` in `" + files.path("a.h5") + "` is linked twice"});
}

TEST(Hdf5File, RefusesDataInOtherFiles) {
  const DataFiles files;
  ForeignFile file(files.path("a.h5"));
  const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_external(creation, "/etc/passwd", 0, 16);
  file.add_dataset("x", H5T_STD_U8LE, {16}, creation);
  H5Pclose(creation);
  EXPECT_EQ(file.complaints(),
            Lines{"hdf5::refused: `/x` in `" + files.path("a.h5") + "` keeps its data in another file"});
}

TEST(Hdf5File, RefusesTypesItDoesNotKnow) {
  const DataFiles files;
  ForeignFile file(files.path("a.h5"));
  file.add_dataset("x", H5T_STD_I16BE, {2});
  EXPECT_EQ(file.complaints(), Lines{"hdf5::refused: `/x` in `" + files.path("a.h5") +
                                     "` has a type hone does not use (f32 f64 u8 s8 i16 i32 i64, little endian)"});
}

TEST(Hdf5File, RefusesClaimsBeyondItsSize) {
  const DataFiles files;
  ForeignFile file(files.path("a.h5"));
  const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
  const hsize_t chunk[1] = {1024};
  H5Pset_chunk(creation, 1, chunk);
  file.add_dataset("x", H5T_IEEE_F32LE, {std::uint64_t{1} << 40}, creation);
  H5Pclose(creation);
  EXPECT_EQ(file.complaints(),
            Lines{"hdf5::refused: `/x` in `" + files.path("a.h5") + "` claims more data than its file can hold"});
}

TEST(Hdf5File, ReadsChunkedAndDeflatedArrays) {
  const DataFiles files;
  ForeignFile file(files.path("a.h5"));
  const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
  const hsize_t chunk[1] = {8};
  H5Pset_chunk(creation, 1, chunk);
  H5Pset_shuffle(creation);
  H5Pset_deflate(creation, 6);
  file.add_dataset("x", H5T_IEEE_F32LE, {16}, creation);
  H5Pclose(creation);
  file.close();
  EXPECT_EQ(read_hdf5(files.path("a.h5")).arrays.at("x").count(), 16);
  EXPECT_TRUE(locate_arrays(files.path("a.h5"), nullptr).empty());
}

TEST(Hdf5File, RefusesOtherFilters) {
  const DataFiles files;
  ForeignFile file(files.path("a.h5"));
  const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
  const hsize_t chunk[1] = {8};
  H5Pset_chunk(creation, 1, chunk);
  H5Pset_scaleoffset(creation, H5Z_SO_INT, 2);
  file.add_dataset("x", H5T_STD_I32LE, {16}, creation);
  H5Pclose(creation);
  EXPECT_EQ(file.complaints(), Lines{"hdf5::refused: `/x` in `" + files.path("a.h5") +
                                     "` uses a filter other than deflate, shuffle, fletcher32"});
}

}  // namespace
}  // namespace hone
