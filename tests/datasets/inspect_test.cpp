#include "datasets/inspect.h"

#include <gtest/gtest.h>

#include <cmath>

#include "datasets/hdf5_file.h"
#include "datasets/import.h"
#include "tests/datasets/data_files.h"

namespace hone {
namespace {

/// A small imported table.
class Imported {
 public:
  Imported() {
    spec.source = files.write("data.csv", "x,c,y\n1,red,a\n2,,b\n?,blue,a\n4,red,b\n");
    spec.target = "y";
    file = import_dataset(spec, files.path("data")).file;
  }
  /// The file again with other values in one array.
  template <class T>
  void overwrite(const std::string& name, std::size_t index, T value) const {
    Hdf5Content content = read_hdf5(file);
    content.arrays.at(name).as<T>()[index] = value;
    write_hdf5(file, content, {.alignment = 64});
  }

  DataFiles files;
  DatasetSpec spec;
  std::filesystem::path file;
};

TEST(Inspect, FindsNothingWrongInWhatWasImported) {
  const Imported data;
  const Inspection found = verify_dataset(data.file);
  EXPECT_TRUE(found.wrong.empty());
  EXPECT_EQ(found.facts.rows, 4);
  EXPECT_EQ(found.part_rows, (std::array<std::int64_t, 3>{4, 0, 0}));
  EXPECT_EQ(found.source, data.spec.source);
}

TEST(Inspect, FindsChangedValues) {
  const Imported data;
  data.overwrite<std::int64_t>("target", 0, 1);
  data.overwrite<float>("numeric", 2, INFINITY);
  const std::vector<std::string> wrong = verify_dataset(data.file).wrong;
  ASSERT_EQ(wrong.size(), 5u);
  EXPECT_TRUE(wrong[0].starts_with("the content has the hash ")) << wrong[0];
  EXPECT_EQ(wrong[1], "rows of class `a`: 1 (the schema says 2)");
  EXPECT_EQ(wrong[2], "rows of class `b`: 3 (the schema says 2)");
  EXPECT_EQ(wrong[3], "missing values of column `x`: 0 (the schema says 1)");
  EXPECT_EQ(wrong[4], "column `x` holds infinite numbers");
}

TEST(Inspect, AnImportedFileIsASourceItself) {
  Imported data;
  const std::string hash = inspect_dataset(data.file).facts.hash;
  DatasetSpec spec;
  spec.source = data.file.string();
  EXPECT_EQ(import_dataset(spec, data.files.path("again")).facts.hash, hash);
}

}  // namespace
}  // namespace hone
