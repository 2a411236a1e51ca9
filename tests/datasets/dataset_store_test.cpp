#include "datasets/dataset_store.h"

#include <gtest/gtest.h>

#include "datasets/hdf5_file.h"
#include "tests/datasets/data_files.h"

namespace hone {
namespace {

DataFacts facts_of_two_columns() {
  DataFacts facts;
  facts.task = "classification";
  facts.target = "y";
  facts.rows = 3;
  facts.classes = {"a", "b"};
  facts.class_counts = {2, 1};
  ColumnFacts x;
  x.name = "x";
  ColumnFacts n;
  n.name = "n";
  n.type = "nominal";
  n.levels = {"p", "q"};
  facts.columns = {x, n};
  return facts;
}

NamedArrays arrays_of_two_columns() {
  const std::vector<float> x = {1, 2, 3};
  const std::vector<std::int32_t> n = {0, -1, 1};
  const std::vector<std::int64_t> y = {0, 0, 1};
  return {{"numeric", make_array<float>({3, 1}, x)},
          {"nominal", make_array<std::int32_t>({3, 1}, n)},
          {"target", make_array<std::int64_t>({3}, y)}};
}

Lines complaints_about(const DataFacts& facts, const NamedArrays& arrays) {
  const DataFiles files;
  write_dataset(files.path("a.h5"), facts, arrays, "test");
  Lines lines = complaints_of([&] { Dataset::open(files.path("a.h5")); });
  for (std::string& line : lines) line = line.substr(0, line.find('`')) + line.substr(line.rfind('`') + 1);
  return lines;
}

TEST(Dataset, MapsWhatWasWritten) {
  const DataFiles files;
  const DataFacts facts = write_dataset(files.path("a.h5"), facts_of_two_columns(), arrays_of_two_columns(), "test");
  EXPECT_EQ(facts.hash.size(), 64u);
  Dataset dataset = Dataset::open(files.path("a.h5"));
  const Dataset copy = dataset;
  dataset = Dataset();
  EXPECT_EQ(copy.facts().hash, facts.hash);
  EXPECT_EQ(copy.numeric()[2], 3);
  EXPECT_EQ(copy.nominal()[1], -1);
  EXPECT_EQ(copy.classes()[2], 1);
  EXPECT_TRUE(copy.image().empty());
  EXPECT_TRUE(copy.values().empty());
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(copy.classes().data()) % 64, 0u);
}

TEST(Dataset, RefusesCodesBeyondTheSchema) {
  NamedArrays arrays = arrays_of_two_columns();
  arrays["target"].as<std::int64_t>()[0] = 2;
  EXPECT_EQ(complaints_about(facts_of_two_columns(), arrays),
            Lines{"data::damaged: dataset file  holds a code that its schema does not know"});
  arrays = arrays_of_two_columns();
  arrays["nominal"].as<std::int32_t>()[0] = -2;
  EXPECT_EQ(complaints_about(facts_of_two_columns(), arrays),
            Lines{"data::damaged: dataset file  holds a code that its schema does not know"});
}

TEST(Dataset, RefusesArraysThatDoNotFitTheSchema) {
  NamedArrays arrays = arrays_of_two_columns();
  arrays.erase("numeric");
  EXPECT_EQ(complaints_about(facts_of_two_columns(), arrays),
            Lines{"data::damaged: dataset file  lacks an array that its schema names"});
  DataFacts facts = facts_of_two_columns();
  facts.rows = 4;
  EXPECT_EQ(complaints_about(facts, arrays_of_two_columns()),
            Lines{"data::damaged: dataset file  that does not fit its schema"});
}

TEST(Dataset, RefusesForeignFilesAndOtherFormats) {
  const DataFiles files;
  const std::string path = files.path("a.h5");
  write_hdf5(path, {arrays_of_two_columns(), {}});
  EXPECT_EQ(complaints_of([&] { Dataset::open(path); }),
            Lines{"data::damaged: dataset file `" + path + "` is no dataset file of hone"});
  write_dataset(path, facts_of_two_columns(), arrays_of_two_columns(), "test");
  Hdf5Content content = read_hdf5(path);
  content.attributes["format"] = "2";
  write_hdf5(path, content, {.alignment = 64});
  EXPECT_EQ(complaints_of([&] { Dataset::open(path); }),
            Lines{"data::damaged: dataset file `" + path + "` has format 2, this hone reads format 1"});
}

}  // namespace
}  // namespace hone
