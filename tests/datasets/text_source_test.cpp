#include "datasets/formats/text_source.h"

#include <gtest/gtest.h>

#include "datasets/formats/binary_source.h"
#include "tests/datasets/data_files.h"

namespace hone {
namespace {

TEST(TextSource, ReadsPlainText) {
  const DataFiles files;
  EXPECT_EQ(read_text_source(files.write("a.csv", "a,b\n1,2\n")), "a,b\n1,2\n");
}

TEST(TextSource, UnpacksGzipWhateverItsName) {
  const DataFiles files;
  EXPECT_EQ(read_text_source(files.write("a.csv", gzip("x,y\n"))), "x,y\n");
}

TEST(TextSource, ReadsSeveralGzipMembersAsOneText) {
  const DataFiles files;
  EXPECT_EQ(read_text_source(files.write("a.gz", gzip("one\n") + gzip("two\n"))), "one\ntwo\n");
}

TEST(TextSource, LeavesOutTheByteOrderMark) {
  const DataFiles files;
  EXPECT_EQ(read_text_source(files.write("a.csv", "\xEF\xBB\xBFx")), "x");
}

TEST(TextSource, NamesTheFileThatIsNotThere) {
  const DataFiles files;
  const std::string file = files.path("none.csv");
  EXPECT_EQ(complaints_of([&] { read_text_source(file); }),
            Lines{"data::no-source: there is no data file `" + file + "`"});
  try {
    read_text_source(file);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostics().front().notes, Lines{"looked for " + file});
  }
}

TEST(TextSource, RefusesAFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(complaints_of([&] { read_text_source(folder.path().string()); }),
            Lines{"data::no-source: data file `" + folder.path().string() + "` is a folder"});
}

TEST(TextSource, RefusesEveryTruncationOfAGzipFile) {
  const DataFiles files;
  std::string text;
  for (int i = 0; i < 500; ++i) text += std::to_string(i * 7919 % 1000) + ",";
  const std::string packed = gzip(text);
  for (std::size_t length = 2; length < packed.size(); ++length) {
    const std::string file = files.write("cut.csv.gz", packed.substr(0, length));
    ASSERT_EQ(complaints_of([&] { read_text_source(file); }),
              Lines{"data::damaged-gzip: gzip file `" + file + "` ends too early: it was cut off"})
        << length;
  }
}

TEST(TextSource, RefusesAGzipFileWithAFlippedBit) {
  const DataFiles files;
  std::string packed = gzip("0,1,2,3,4,5,6,7,8,9\n");
  packed[packed.size() - 6] ^= 1;  // in the checksum
  const std::string file = files.write("a.csv.gz", packed);
  EXPECT_EQ(complaints_of([&] { read_text_source(file); }),
            Lines{"data::damaged-gzip: gzip file `" + file + "` is damaged: its content does not fit its checksum"});
}

TEST(TextSource, RefusesAPlainFileNamedGz) {
  const DataFiles files;
  const std::string file = files.write("a.csv.gz", "1,2\n");
  EXPECT_EQ(complaints_of([&] { read_text_source(file); }),
            Lines{"data::damaged-gzip: gzip file `" + file + "` is no gzip file"});
}

TEST(TextSource, RefusesABombBeforeItFillsTheMemory) {
  // 1 MiB of zeros pack to a kilobyte: more than 100 MiB in all, and more than 200 times the file.
  const std::string member = gzip(std::string(1 << 20, '0'));
  std::string packed;
  for (int i = 0; i < 101; ++i) packed += member;
  EXPECT_EQ(complaints_of([&] { gunzip(packed, "bomb.gz"); }),
            Lines{"data::damaged-gzip: gzip file `bomb.gz` unpacks to more than 100.0 MiB"});
}

TEST(TextSource, SaysWhereBytesAreNoText) {
  const DataFiles files;
  const std::string latin = files.write("latin.csv", "a,b\n\xC3\xBC,\xFC\n");
  EXPECT_EQ(complaints_of([&] { read_text_source(latin); }),
            Lines{"2:3-4 data::not-text: `" + latin + "` is no text: a byte is not UTF-8"});
  const std::string binary = files.write("binary.csv", std::string("ab\0", 3));
  EXPECT_EQ(complaints_of([&] { read_text_source(binary); }),
            Lines{"1:3-4 data::not-text: `" + binary + "` is no text: it holds a zero byte"});
}

}  // namespace
}  // namespace hone
