#include <gtest/gtest.h>

#include <cmath>

#include "datasets/formats/image.h"
#include "datasets/import.h"
#include "datasets/split.h"
#include "tests/datasets/data_files.h"
#include "tests/datasets/picture_files.h"

namespace hone {
namespace {

/// Pictures of two classes in a folder or an archive.
class Pictures {
 public:
  ImportResult import() const { return import_dataset(spec, files.path("data")); }
  Lines complaints() const {
    return complaints_of([&] { import(); });
  }
  void use_archive(const std::vector<std::string>& entries, bool packed = true) {
    spec.source = files.write(packed ? "photos.tar.gz" : "photos.tar", packed ? gzip(tar(entries)) : tar(entries));
  }

  DataFiles files;
  DatasetSpec spec;
};

std::vector<int> parts_of(const Dataset& dataset) { return {dataset.parts().begin(), dataset.parts().end()}; }

TEST(Images, ReadsAFolderOfClassFolders) {
  Pictures pictures;
  pictures.spec.source = pictures.files.path("photos");
  for (const char* name : {"cat/1", "cat/2", "dog/1", "dog/2"}) {
    const auto value = static_cast<std::uint8_t>(name[0] == 'c' ? 10 : 200);
    pictures.files.write("photos/" + std::string(name) + ".png", png(2, 3, {value}));
  }
  pictures.files.write("photos/README", "nothing to see");
  const ImportResult result = pictures.import();
  EXPECT_EQ(result.facts.classes, (Lines{"cat", "dog"}));
  EXPECT_EQ(result.facts.shape, (std::vector<std::int64_t>{1, 2, 3}));
  const Dataset dataset = Dataset::open(result.file);
  EXPECT_TRUE(dataset.parts().empty());
  EXPECT_EQ(dataset.image()[0], 10);
  EXPECT_EQ(dataset.image()[23], 200);
}

TEST(Images, ReadsAnArchiveWithPartsAndClasses) {
  Pictures pictures;
  std::vector<std::string> entries;
  for (const char* name :
       {"./set/test/dog/1.jpg", "./set/test/cat/2.jpg", "./set/train/cat/1.jpg", "./set/train/dog/1.JPG"}) {
    entries.push_back(tar_entry(name, jpeg(8, 8, 90)));
  }
  entries.push_back(tar_entry("./set/train/dog/._1.jpg", "resource fork"));
  entries.push_back(tar_entry("./set/empty/", "", '5'));
  pictures.use_archive(entries);
  const ImportResult result = pictures.import();
  const Dataset dataset = Dataset::open(result.file);
  EXPECT_EQ(parts_of(dataset), (std::vector<int>{0, 0, 2, 2}));
  EXPECT_EQ(std::vector<int>(dataset.classes().begin(), dataset.classes().end()), (std::vector<int>{0, 1, 1, 0}));
  EXPECT_NEAR(dataset.image()[0], 90, 1);
}

TEST(Images, MakesAllColouredWhenOneIs) {
  Pictures pictures;
  pictures.use_archive({tar_entry("a/1.png", png(1, 2, {7})), tar_entry("b/1.png", png(1, 2, {1, 2, 3})),
                        tar_entry("a/2.png", png(1, 2, {9})), tar_entry("b/2.png", png(1, 2, {4, 5, 6}))},
                       /*packed=*/false);
  const Dataset dataset = Dataset::open(pictures.import().file);
  EXPECT_EQ(dataset.facts().shape, (std::vector<std::int64_t>{3, 1, 2}));
  EXPECT_EQ(std::vector<int>(dataset.image().begin(), dataset.image().begin() + 12),
            (std::vector<int>{7, 7, 7, 7, 7, 7, 1, 1, 2, 2, 3, 3}));
}

TEST(Images, BringsPicturesToOneSizeWhenAsked) {
  Pictures pictures;
  pictures.use_archive({tar_entry("a/1.png", png(4, 4, {7})), tar_entry("b/1.png", png(2, 6, {9})),
                        tar_entry("a/2.png", png(4, 4, {7})), tar_entry("b/2.png", png(1, 1, {9}))});
  EXPECT_EQ(pictures.complaints(),
            Lines{"data::bad-image: `b/1.png` in `" + pictures.spec.source + "` is 2 x 6 pixels, `a/1.png` in `" +
                  pictures.spec.source + "` is 4 x 4: say image_size = [height, width], which all are brought to"});
  pictures.spec.image_size = {3, 2};
  EXPECT_EQ(pictures.import().facts.shape, (std::vector<std::int64_t>{1, 3, 2}));
}

TEST(Images, LimitKeepsEveryClass) {
  Pictures pictures;
  std::vector<std::string> entries;
  for (const char* label : {"a", "b"}) {
    for (int i = 0; i < 10; ++i) {
      entries.push_back(tar_entry("train/" + std::string(label) + "/" + std::to_string(i) + ".png", png(1, 1, {1})));
    }
  }
  pictures.use_archive(entries);
  pictures.spec.limit = 4;
  EXPECT_EQ(pictures.import().facts.class_counts, (std::vector<std::int64_t>{2, 2}));
}

TEST(Images, ResizingTakesTheMeanOfTheAreaCovered) {
  const Picture picture{2, 4, 1, {0, 100, 200, 100, 0, 100, 200, 100}};
  EXPECT_EQ(resized(picture, 1, 2).values, (std::vector<std::uint8_t>{50, 150}));
  EXPECT_EQ(resized({1, 2, 1, {10, 20}}, 2, 4).values, (std::vector<std::uint8_t>{10, 10, 20, 20, 10, 10, 20, 20}));
  const Picture thirds = resized({1, 3, 1, {0, 90, 30}}, 1, 2);
  EXPECT_EQ(thirds.values, (std::vector<std::uint8_t>{30, 50}));
}

TEST(Images, ReadsTheRealCifarArchives) {
  Pictures pictures;
  pictures.spec.source = HONE_SOURCE_DIR "/../shared/data/cifar10-jpeg";
  if (!std::filesystem::exists(pictures.spec.source)) GTEST_SKIP() << "no ../shared/data/cifar10-jpeg";
  pictures.spec.limit = 50;
  const ImportResult result = pictures.import();
  EXPECT_EQ(result.facts.rows, 100);
  EXPECT_EQ(result.facts.shape, (std::vector<std::int64_t>{3, 32, 32}));
  EXPECT_EQ(result.facts.class_counts, std::vector<std::int64_t>(10, 10));
}

}  // namespace
}  // namespace hone
