#include <gtest/gtest.h>

#include "datasets/import.h"
#include "datasets/split.h"
#include "tests/datasets/data_files.h"

namespace hone {
namespace {

/// A table in a training and a test file.
class TwoFiles {
 public:
  TwoFiles(const std::string& train, const std::string& test) {
    spec.files.train = files.write("train.csv", train);
    spec.files.test = files.write("test.csv", test);
    spec.target = "y";
  }
  ImportResult import() const { return import_dataset(spec, files.path("data")); }
  Lines complaints() const {
    return complaints_of([&] { import(); });
  }

  DataFiles files;
  DatasetSpec spec;
};

std::vector<int> parts_of(const Dataset& dataset) { return {dataset.parts().begin(), dataset.parts().end()}; }

TEST(ReadTable, ReadsEachPartFromItsFile) {
  const TwoFiles source("x,c,y\n1,red,a\n2,blue,b\n3,red,a\n4,blue,b\n", "x,c,y\n5,green,a\n6,red,b\n");
  const ImportResult result = source.import();
  EXPECT_EQ(result.facts.rows, 6);
  EXPECT_EQ(result.facts.columns[1].levels, (Lines{"blue", "green", "red"}));
  const Dataset dataset = Dataset::open(result.file);
  EXPECT_EQ(parts_of(dataset), (std::vector<int>{0, 0, 0, 0, 2, 2}));
  EXPECT_EQ(rows_of(make_split({}, dataset), 0).test, (std::vector<std::int64_t>{4, 5}));
}

TEST(ReadTable, MatchesColumnsOfOtherFilesByName) {
  const TwoFiles source("x,y\n1,a\n2,b\n3,a\n4,b\n", "y,x\na,5\nb,6\n");
  const Dataset dataset = Dataset::open(source.import().file);
  EXPECT_EQ(dataset.numeric()[4], 5);
}

TEST(ReadTable, RelabelsTheTarget) {
  TwoFiles source("x,y\n1,<=50K\n2,>50K\n3,<=50K\n4,>50K\n", "x,y\n5,<=50K.\n6,>50K.\n");
  source.spec.relabel = {{"<=50K.", "<=50K"}, {">50K.", ">50K"}};
  const DataFacts facts = source.import().facts;
  EXPECT_EQ(facts.classes, (Lines{"<=50K", ">50K"}));
  EXPECT_EQ(facts.class_counts, (std::vector<std::int64_t>{3, 3}));
  source.spec.relabel = {{">50K,", ">50K"}};
  EXPECT_EQ(source.complaints(),
            Lines{"1:3-4 data::unknown-label: `relabel` names `>50K,`, which no row has in column `y` [did you mean "
                  "`>50K` or `>50K.`?]"});
}

TEST(ReadTable, ReportsFilesWithOtherColumns) {
  const TwoFiles fewer("x,z,y\n1,1,a\n2,2,b\n3,1,a\n4,2,b\n", "x,y\n5,a\n");
  EXPECT_EQ(fewer.complaints(), Lines{"1:1-2 data::other-columns: `" + fewer.spec.files.test + "` has 2 columns, `" +
                                      fewer.spec.files.train + "` has 3"});
  const TwoFiles other("x,y\n1,a\n2,b\n3,a\n4,b\n", "z,y\n5,a\n");
  EXPECT_EQ(other.complaints(), Lines{"1:1-2 data::other-columns: `" + other.spec.files.test +
                                      "` has no column `x`, which `" + other.spec.files.train + "` has"});
}

TEST(ReadTable, SplitsByAColumn) {
  const DataFiles files;
  DatasetSpec spec;
  spec.source = files.write("data.csv", "x,use,y\n1,train,a\n2,Test,b\n3,val,a\n4,train,b\n5,test,a\n");
  spec.target = "y";
  spec.split.kind = "column";
  spec.split.by = "use";
  const ImportResult result = import_dataset(spec, files.path("data"));
  EXPECT_EQ(result.facts.columns[1].why, "names the part of each row");
  const Dataset dataset = Dataset::open(result.file);
  EXPECT_EQ(parts_of(dataset), (std::vector<int>{0, 2, 1, 0, 2}));
  EXPECT_EQ(rows_of(make_split(spec.split, dataset), 0).validation, (std::vector<std::int64_t>{2}));
  files.write("data.csv", "x,use,y\n1,train,a\n2,tset,b\n3,val,a\n4,train,b\n5,test,a\n");
  EXPECT_EQ(complaints_of([&] { import_dataset(spec, files.path("data")); }),
            Lines{"3:3-7 data::unknown-part: `tset` in column `use` is no part: train, validation or test"});
}

TEST(ReadTable, RefusesGivenPartsWhereThereAreNone) {
  const DataFiles files;
  DatasetSpec spec;
  spec.source = files.write("data.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n");
  spec.target = "y";
  spec.split.kind = "files";
  const Dataset dataset = Dataset::open(import_dataset(spec, files.path("data")).file);
  EXPECT_EQ(
      complaints_of([&] { make_split(spec.split, dataset); }),
      Lines{"data::no-parts: a split of kind `files` takes the parts from the source, and the source does not say "
            "which rows test"});
}

TEST(ReadTable, TakesColumnsAsCategoricalWhenAsked) {
  const DataFiles files;
  DatasetSpec spec;
  spec.source = files.write(
      "data.tsv", "code\tsize\tshare\ty\n10\t42.0\t1.5\t0\n9\t43.0\t2.5\t1\n10\t44.0\t1.5\t0\n9\t4.0\t0.5\t1\n");
  spec.target = "y";
  EXPECT_EQ(import_dataset(spec, files.path("data")).facts.columns[0].type, "numeric");
  spec.integers = "nominal";
  const DataFacts literal = import_dataset(spec, files.path("data")).facts;
  EXPECT_EQ(literal.columns[0].type, "nominal");
  EXPECT_EQ(literal.columns[0].levels, (Lines{"9", "10"}));
  EXPECT_EQ(literal.columns[1].type, "numeric");
  spec.integers = "numeric";
  spec.categorical = {"size"};
  const DataFacts named = import_dataset(spec, files.path("data")).facts;
  EXPECT_EQ(named.columns[0].type, "numeric");
  EXPECT_EQ(named.columns[1].type, "nominal");
}

DatasetSpec adult() {
  DatasetSpec spec;
  const std::string folder = HONE_SOURCE_DIR "/../shared/data/adult/";
  spec.files.train = folder + "adult-train.csv";
  spec.files.test = folder + "adult-test.csv";
  spec.columns = {
      "age",          "workclass", "fnlwgt", "education",    "education-num", "marital-status", "occupation",
      "relationship", "race",      "sex",    "capital-gain", "capital-loss",  "hours-per-week", "native-country",
      "income"};
  spec.target = "income";
  spec.relabel = {{"<=50K.", "<=50K"}, {">50K.", ">50K"}};
  return spec;
}

TEST(ReadTable, ReadsTheRealAdult) {
  const DatasetSpec spec = adult();
  if (!std::filesystem::exists(spec.files.train)) GTEST_SKIP() << "no ../shared/data/adult";
  const DataFiles files;
  const ImportResult result = import_dataset(spec, files.path("data"));
  const DataFacts& facts = result.facts;
  EXPECT_EQ(facts.rows, 32561 + 16281);
  EXPECT_EQ(facts.classes, (Lines{"<=50K", ">50K"}));
  EXPECT_EQ(kept_columns(facts, "numeric"), 6);
  EXPECT_EQ(kept_columns(facts, "nominal"), 8);
  EXPECT_EQ(facts.columns[13].levels.size(), 41u);
  const Dataset dataset = Dataset::open(result.file);
  const SplitRows rows = rows_of(make_split({}, dataset), 0);
  EXPECT_EQ(rows.test.size(), 16281u);
  EXPECT_EQ(rows.validation.size(), 6512u);
}

}  // namespace
}  // namespace hone
