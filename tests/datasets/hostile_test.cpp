#include <gtest/gtest.h>

#include "datasets/formats/npy.h"
#include "datasets/import.h"
#include "tests/datasets/data_files.h"
#include "tests/datasets/picture_files.h"

/// Every format with files that lie: the message names the file and the place, and nothing is left behind.
/// IDX: idx_test.cpp; gzip: text_source_test.cpp; HDF5: hdf5_file_test.cpp.
namespace hone {
namespace {

class Hostile : public testing::Test {
 protected:
  /// The one complaint about a source; "nothing" when it was imported.
  std::string complaint(const std::string& name, const std::string& bytes, const std::string& target = "") {
    spec_.source = files_.write(name, bytes);
    spec_.target = target;
    const Lines lines = complaints_of([&] { import_dataset(spec_, files_.path("data")); });
    EXPECT_FALSE(std::filesystem::exists(files_.path("data"))) << "something was left behind";
    return lines.front();
  }
  std::string archive_complaint(const std::vector<std::string>& entries) {
    const std::string text = complaint("photos.tar", tar(entries));
    const std::string start = "data::bad-archive: archive `" + spec_.source + "` ";
    EXPECT_TRUE(text.starts_with(start)) << text;
    return text.substr(std::min(text.size(), start.size()));
  }
  /// Errors of the labels' format with a whole file of values.
  std::string npy_complaint(const std::string& bytes) {
    const std::string file = files_.write("x_train.npy", bytes);
    const std::string text = complaints_of([&] { read_npy(file); }).front();
    const std::string start = "data::bad-npy: NumPy file `" + file + "` ";
    EXPECT_TRUE(text.starts_with(start)) << text;
    return text.substr(std::min(text.size(), start.size()));
  }
  static std::string npy(const std::string& dictionary, const std::string& values) {
    std::string header = dictionary;
    header += std::string(63 - (10 + header.size()) % 64, ' ') + '\n';
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(header.size() & 0xFF);
    bytes += static_cast<char>(header.size() >> 8);
    return bytes + header + values;
  }

  DataFiles files_;
  DatasetSpec spec_;
};

TEST_F(Hostile, TablesThatWereCutOrAreRagged) {
  EXPECT_TRUE(complaint("a.csv", "x,y\n1,a\n2\n", "y").starts_with("3:2-3 data::ragged-line"));
  EXPECT_TRUE(complaint("b.csv", "x,y\n1,\"a\n2,b\n", "y").starts_with("2:3-4 data::open-quote"));
  EXPECT_TRUE(complaint("c.csv", std::string("x,y\n1,\0\n", 8), "y").starts_with("2:3-4 data::not-text"));
  EXPECT_TRUE(complaint("d.csv", png(2, 2, {1}), "1").starts_with("1:1-2 data::not-text"));
  EXPECT_TRUE(complaint("e.csv.gz", gzip("x,y\n1,a\n2,b\n").substr(0, 20), "y").starts_with("data::damaged-gzip"));
  EXPECT_TRUE(complaint("f.csv", "", "y").starts_with("data::empty"));
}

TEST_F(Hostile, NumPyFilesThatLie) {
  const std::string good = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }";
  EXPECT_EQ(complaints_of([&] { read_npy(files_.write("good.npy", npy(good, "abcd"))); }), Lines{"nothing"});
  EXPECT_EQ(npy_complaint("PK\x03\x04"), "does not begin with \\x93NUMPY: it is no NumPy file (byte 0)");
  EXPECT_EQ(npy_complaint(npy(good, "abcd").substr(0, 9)), "ends inside its header: it was cut off (byte 9)");
  EXPECT_EQ(npy_complaint(npy(good, "abcd").substr(0, 40)), "ends inside its header: it was cut off (byte 40)");
  EXPECT_EQ(npy_complaint(npy(good, "abc")),
            "says that it holds 4 bytes of values, but has 3: it was cut off, or its header is wrong (byte 131)");
  EXPECT_EQ(npy_complaint(npy(good, "abcde")),
            "says that it holds 4 bytes of values, but has 5: more follows (byte 133)");
  EXPECT_EQ(
      npy_complaint(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 8), }", "")),
      "says that it holds more than 64 bits can count bytes of values, but has 0: it was cut off, or its header is "
      "wrong (byte 128)");
  EXPECT_EQ(npy_complaint(npy("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "ab")),
            "holds values of type `|O`: Python objects, which hone never unpacks; save numbers (byte 10)");
  EXPECT_EQ(npy_complaint(npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2), }", "abcd")),
            "is in column-major order; save numpy.ascontiguousarray of it (byte 10)");
  EXPECT_EQ(npy_complaint(npy("{'descr': '|u1', 'fortran_order': False, 'shape': (-2,), }", "")),
            "has a header whose shape cannot be read (byte 10)");
}

TEST_F(Hostile, ArchivesThatPointOutsideOrLink) {
  const std::string picture = png(1, 1, {1});
  EXPECT_EQ(archive_complaint({tar_entry("a/1.png", picture), tar_entry("../../evil/1.png", picture)}),
            "is refused: entry 2, `../../evil/1.png`, points out of the archive (byte 1024 of the unpacked archive)");
  EXPECT_EQ(archive_complaint({tar_entry("/etc/cron.d/1.png", picture)}),
            "is refused: entry 1, `/etc/cron.d/1.png`, has an absolute name (byte 0 of the unpacked archive)");
  EXPECT_EQ(archive_complaint({tar_entry("a/1.png", "", '2', "/etc/passwd")}),
            "is refused: entry 1, `a/1.png`, is a link (byte 0 of the unpacked archive)");
  EXPECT_EQ(archive_complaint({tar_entry("a/1.png", "", '3')}),
            "is refused: entry 1, `a/1.png`, is neither a file nor a folder (byte 0 of the unpacked archive)");
}

TEST_F(Hostile, ArchivesThatWereCutOrLieAboutSizes) {
  const std::string picture = png(1, 1, {1});
  EXPECT_TRUE(complaint("a.tar.gz", "no archive at all").starts_with("data::bad-archive"));
  const std::string packed = gzip(tar({tar_entry("a/1.png", picture), tar_entry("b/1.png", picture)}));
  EXPECT_TRUE(complaint("b.tar.gz", packed.substr(0, packed.size() / 2)).starts_with("data::bad-archive"));
  EXPECT_EQ(archive_complaint({tar_entry("a/1.png", picture, '0', "", 1L << 32)}),
            "is refused: entry 1, `a/1.png`, is larger than 64 MiB (byte 0 of the unpacked archive)");
  const std::string cut = complaint("c.tar", tar_entry("a/1.png", picture, '0', "", 1L << 20));
  EXPECT_TRUE(cut.starts_with("data::bad-archive")) << cut;
}

TEST_F(Hostile, ArchivesThatUnpackToFarMoreThanTheyAre) {
  // Two pictures of 60 MiB of zeros each pack to 120 KiB: beyond 100 MiB and beyond 200 times the archive.
  const std::string zeros(60 << 20, '\0');
  const std::string text =
      complaint("bomb.tar.gz", gzip(tar({tar_entry("a/1.png", zeros), tar_entry("a/2.png", zeros)})));
  EXPECT_TRUE(text.starts_with("data::bad-archive") || text.starts_with("data::bad-image")) << text;
}

TEST_F(Hostile, PicturesThatAreNone) {
  const std::string picture = png(8, 8, {1, 2, 3});
  const auto with = [&](const std::string& name, const std::string& bytes) {
    return complaint("photos.tar", tar({tar_entry("a/0.png", picture), tar_entry("b/" + name, bytes)}));
  };
  const std::string where = "` in `" + files_.path("photos.tar") + "` ";
  EXPECT_EQ(with("1.png", "GIF89a"), "data::bad-image: `b/1.png" + where + "is neither PNG nor JPEG (byte 0)");
  EXPECT_TRUE(with("1.png", picture.substr(0, picture.size() / 2)).starts_with("data::bad-image: PNG file `b/1.png"));
  std::string huge = picture;
  huge.replace(16, 8, std::string("\x00\x0F\x00\x00\x00\x0F\x00\x00", 8));
  EXPECT_TRUE(with("1.png", huge).starts_with("data::bad-image: PNG file `b/1.png"));
  const std::string photo = jpeg(64, 64, 80);
  EXPECT_TRUE(with("1.jpg", photo.substr(0, photo.size() - 20)).starts_with("data::bad-image: JPEG file `b/1.jpg"));
  EXPECT_TRUE(with("1.jpg", photo.substr(0, 10)).starts_with("data::bad-image: JPEG file `b/1.jpg"));
}

TEST_F(Hostile, PicturesWithoutAClass) {
  EXPECT_EQ(complaint("photos.tar", tar({tar_entry("1.png", png(1, 1, {1}))})),
            "data::no-pictures: picture `1.png` of `" + files_.path("photos.tar") +
                "` lies in no folder that names its class: CLASS/picture.png, or train/CLASS/picture.png, is wanted");
  EXPECT_TRUE(complaint("photos.tar", tar({tar_entry("a/README", "x")})).starts_with("data::no-pictures"));
}

TEST_F(Hostile, FoldersWithoutAnyData) {
  spec_.source = files_.path("empty");
  std::filesystem::create_directory(spec_.source);
  EXPECT_TRUE(complaints_of([&] { import_dataset(spec_, files_.path("data")); })
                  .front()
                  .starts_with("data::no-pictures: `" + spec_.source + "` holds no PNG or JPEG files"));
}

}  // namespace
}  // namespace hone
