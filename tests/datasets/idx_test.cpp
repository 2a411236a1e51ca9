#include "datasets/formats/idx.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "datasets/import.h"
#include "datasets/split.h"
#include "tests/datasets/data_files.h"

namespace hone {
namespace {

/// A folder with IDX files of 2×2 images, as MNIST names them.
class IdxFolder {
 public:
  IdxFolder() {
    spec.source = files.path("digits");
    write("train-images-idx3-ubyte", idx({6, 2, 2}, std::string("aaaabbbbccccddddeeeeffff")));
    write("train-labels-idx1-ubyte", idx({6}, std::string({7, 3, 7, 3, 7, 3})));
    write("t10k-images-idx3-ubyte", idx({2, 2, 2}, std::string("gggghhhh")));
    write("t10k-labels-idx1-ubyte", idx({2}, std::string({3, 7})));
  }
  std::string write(const std::string& name, const std::string& bytes) const {
    return files.write("digits/" + name, bytes);
  }
  ImportResult import() const { return import_dataset(spec, files.path("data")); }
  Lines complaints() const {
    return complaints_of([&] { import(); });
  }

  DataFiles files;
  DatasetSpec spec;
};

TEST(Idx, ReadsNumbersOfEveryTypeInBigEndianOrder) {
  const DataFiles files;
  const Array shorts = read_idx(files.write("a", std::string("\0\0\x0B\1\0\0\0\2\1\0\xFF\xFE", 12)));
  EXPECT_EQ(shorts.type, DType::i16);
  EXPECT_EQ(shorts.as<std::int16_t>()[0], 256);
  EXPECT_EQ(shorts.as<std::int16_t>()[1], -2);
  const Array floats = read_idx(files.write("b", std::string("\0\0\x0D\1\0\0\0\1\x3F\xC0\0\0", 12)));
  EXPECT_EQ(floats.as<float>()[0], 1.5f);
}

TEST(Idx, ImportsAFolderOfTrainingAndTestFiles) {
  const IdxFolder folder;
  const ImportResult result = folder.import();
  EXPECT_EQ(result.facts.rows, 8);
  EXPECT_EQ(result.facts.shape, (std::vector<std::int64_t>{1, 2, 2}));
  EXPECT_EQ(result.facts.classes, (Lines{"3", "7"}));
  const Dataset dataset = Dataset::open(result.file);
  EXPECT_EQ(dataset.image()[0], 'a');
  EXPECT_EQ(dataset.image()[24], 'g');
  EXPECT_EQ(dataset.classes()[0], 1);
  EXPECT_EQ(std::vector<int>(dataset.parts().begin(), dataset.parts().end()),
            (std::vector<int>{0, 0, 0, 0, 0, 0, 2, 2}));
}

TEST(Idx, ReadsPackedFilesAndKnowsTheChange) {
  const IdxFolder folder;
  const ImportResult plain = folder.import();
  std::filesystem::remove(folder.files.path("digits/t10k-images-idx3-ubyte"));
  folder.write("t10k-images-idx3-ubyte.gz", gzip(idx({2, 2, 2}, "gggghhhh")));
  const ImportResult packed = folder.import();
  EXPECT_EQ(packed.facts.hash, plain.facts.hash);
  EXPECT_NE(packed.file, plain.file);
}

TEST(Idx, ReadsFilesGivenByPart) {
  IdxFolder folder;
  folder.spec.files.train = folder.spec.source + "/train-images-idx3-ubyte";
  folder.spec.files.validation = folder.spec.source + "/t10k-images-idx3-ubyte";
  folder.spec.source.clear();
  const Dataset dataset = Dataset::open(folder.import().file);
  EXPECT_EQ(dataset.parts()[7], 1);
  const SplitRows rows = rows_of(make_split({}, dataset), 0);
  EXPECT_EQ(rows.validation, (std::vector<std::int64_t>{6, 7}));
  EXPECT_TRUE(rows.test.empty());
}

TEST(Idx, SplitTakesValidationRowsFromTheTrainingRows) {
  const IdxFolder folder;
  const Dataset dataset = Dataset::open(folder.import().file);
  SplitSpec spec;
  spec.kind = "files";
  spec.validation = 0.34;
  const SplitRows rows = rows_of(make_split(spec, dataset), 0);
  EXPECT_EQ(rows.test, (std::vector<std::int64_t>{6, 7}));
  EXPECT_EQ(rows.validation.size(), 2u);
  EXPECT_EQ(rows.train.size(), 4u);
}

TEST(Idx, LimitCountsRowsOfEachPart) {
  IdxFolder folder;
  folder.spec.limit = 2;
  folder.write("t10k-labels-idx1-ubyte", idx({2}, std::string({3, 7})));
  EXPECT_EQ(folder.import().facts.rows, 4);
}

TEST(Idx, ReportsWrongMagicCutFilesAndLyingSizesWithTheByte) {
  const IdxFolder folder;
  const std::string file = folder.spec.source + "/train-images-idx3-ubyte";
  const auto complaint = [&](const std::string& bytes) {
    folder.write("train-images-idx3-ubyte", bytes);
    return folder.complaints().front();
  };
  EXPECT_EQ(complaint("PNG"), "data::bad-idx: IDX file `" + file +
                                  "` does not begin with two zero bytes, a type and a number of dimensions: it is no "
                                  "IDX file (byte 0)");
  EXPECT_EQ(complaint(idx({6, 2, 2}, "").substr(0, 10)),
            "data::bad-idx: IDX file `" + file + "` ends inside its header: it was cut off (byte 10)");
  EXPECT_EQ(complaint(idx({6, 2, 2}, "aaaa")), "data::bad-idx: IDX file `" + file +
                                                   "` says that it holds 6 x 2 x 2 values (24 bytes), but has 4: it "
                                                   "was cut off, or its header is wrong (byte 20)");
  EXPECT_EQ(complaint(idx({1, 2, 2}, "aaaaa")), "data::bad-idx: IDX file `" + file +
                                                    "` says that it holds 1 x 2 x 2 values (4 bytes), but has 5: more "
                                                    "follows (byte 20)");
  const std::uint32_t most = 0xFFFFFFFF;
  EXPECT_EQ(complaint(idx({most, most, most, most}, "a")),
            "data::bad-idx: IDX file `" + file +
                "` says that it holds 4294967295 x 4294967295 x 4294967295 x 4294967295 values (more than 64 bits can "
                "count bytes), but has 1: it was cut off, or its header is wrong (byte 21)");
  EXPECT_FALSE(std::filesystem::exists(folder.files.path("data")));
}

TEST(Idx, ReportsLabelsThatDoNotFit) {
  const IdxFolder folder;
  folder.write("train-labels-idx1-ubyte", idx({5}, "12121"));
  EXPECT_EQ(folder.complaints(),
            Lines{"data::bad-array: `" + folder.spec.source + "/train-labels-idx1-ubyte` has 5 labels, `" +
                  folder.spec.source + "/train-images-idx3-ubyte` has 6 rows"});
}

TEST(Idx, ReportsPartsThatDiffer) {
  const IdxFolder folder;
  folder.write("t10k-images-idx3-ubyte", idx({2, 1, 4}, "gggghhhh"));
  EXPECT_EQ(folder.complaints(), Lines{"data::bad-array: `" + folder.spec.source +
                                       "/t10k-images-idx3-ubyte` holds rows of shape and type other than those of `" +
                                       folder.spec.source + "/train-images-idx3-ubyte`"});
}

TEST(Idx, ReportsFilesThatAreMissing) {
  const IdxFolder folder;
  const std::string labels = folder.spec.source + "/train-labels-idx1-ubyte";
  std::filesystem::remove(labels);
  EXPECT_EQ(folder.complaints(), Lines{"data::no-source: there is no file of labels `" + labels + "`"});
}

TEST(Idx, ReadsTheRealMnist) {
  DatasetSpec spec;
  spec.source = HONE_SOURCE_DIR "/../shared/data/mnist";
  if (!std::filesystem::exists(spec.source)) GTEST_SKIP() << "no ../shared/data/mnist";
  spec.limit = 500;
  const DataFiles files;
  const ImportResult result = import_dataset(spec, files.path("data"));
  EXPECT_EQ(result.facts.rows, 1000);
  EXPECT_EQ(result.facts.shape, (std::vector<std::int64_t>{1, 28, 28}));
  EXPECT_EQ(result.facts.classes.size(), 10u);
  const Dataset dataset = Dataset::open(result.file);
  EXPECT_EQ(dataset.facts().classes[static_cast<std::size_t>(dataset.classes()[0])], "5");
}

}  // namespace
}  // namespace hone
