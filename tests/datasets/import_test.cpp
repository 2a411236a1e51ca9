#include "datasets/import.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "datasets/dataset_store.h"
#include "tests/datasets/data_files.h"

namespace hone {
namespace {

/// A CSV text and the options to import it with.
class Source {
 public:
  explicit Source(const std::string& text, const std::string& target = "-1") {
    spec.source = files.write("data.csv", text);
    spec.target = target;
  }
  ImportResult import() const { return import_dataset(spec, files.path("data")); }
  Lines complaints() const {
    return complaints_of([&] { import(); });
  }

  DataFiles files;
  DatasetSpec spec;
};

std::vector<std::string> names_of(const DataFacts& facts) {
  std::vector<std::string> names;
  for (const ColumnFacts& column : facts.columns) names.push_back(column.name + ":" + column.type);
  return names;
}

TEST(Import, ReadsTheRealDigits) {
  const DataFiles files;
  DatasetSpec spec;
  spec.source = HONE_SOURCE_DIR "/datasets/bundled/digits.csv.gz";
  spec.shape = {1, 8, 8};
  spec.target = "-1";
  const ImportResult result = import_dataset(spec, files.path("data"));
  EXPECT_EQ(result.facts.rows, 1797);
  EXPECT_EQ(result.facts.task, "classification");
  EXPECT_EQ(result.facts.classes, (Lines{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}));
  EXPECT_EQ(result.facts.class_counts, (std::vector<std::int64_t>{178, 182, 177, 183, 181, 182, 181, 179, 174, 180}));
  EXPECT_EQ(result.facts.shape, (std::vector<std::int64_t>{1, 8, 8}));
  EXPECT_TRUE(result.facts.columns.empty());

  const Dataset dataset = Dataset::open(result.file);
  ASSERT_EQ(dataset.image().size(), 1797u * 64);
  EXPECT_EQ(std::vector<int>(dataset.image().begin(), dataset.image().begin() + 8),
            (std::vector<int>{0, 0, 5, 13, 9, 1, 0, 0}));
  EXPECT_EQ(std::vector<std::int64_t>(dataset.classes().begin(), dataset.classes().begin() + 4),
            (std::vector<std::int64_t>{0, 1, 2, 3}));
  EXPECT_EQ(to_json_object(dataset.facts()), to_json_object(result.facts));
}

TEST(Import, ReadsNumericAndNominalColumns) {
  const Source source("age,city,price\n31,Rome,1.5\n?,Oslo,2.5\n50,,4\n42,Rome,0.5\n", "price");
  const ImportResult result = source.import();
  EXPECT_EQ(names_of(result.facts), (Lines{"age:numeric", "city:nominal"}));
  EXPECT_EQ(result.facts.task, "regression");
  EXPECT_EQ(result.facts.columns[0].missing, 1);
  EXPECT_EQ(result.facts.columns[1].levels, (Lines{"Oslo", "Rome"}));
  const Dataset dataset = Dataset::open(result.file);
  EXPECT_EQ(dataset.numeric()[0], 31);
  EXPECT_TRUE(std::isnan(dataset.numeric()[1]));
  EXPECT_EQ(std::vector<int>(dataset.nominal().begin(), dataset.nominal().end()), (std::vector<int>{1, 0, -1, 1}));
  EXPECT_EQ(std::vector<double>(dataset.values().begin(), dataset.values().end()),
            (std::vector<double>{1.5, 2.5, 4, 0.5}));
}

TEST(Import, NamesTheFileByContentAndOptions) {
  Source source("x,y\n1,a\n2,a\n3,b\n4,b\n");
  const auto first = source.import().file;
  EXPECT_EQ(first, dataset_file(source.spec, source.files.path("data")));
  source.spec.split.seed = 5;
  source.spec.numeric = "none";
  source.spec.categories = "ordinal";
  EXPECT_EQ(source.import().file, first);
  source.spec.limit = 4;
  EXPECT_NE(source.import().file, first);
  source.spec.limit.reset();
  source.files.write("data.csv", "x,y\n1,a\n2,a\n3,b\n5,b\n");
  EXPECT_NE(source.import().file, first);
}

TEST(Import, AnswersASecondTimeFromWhatIsThere) {
  const Source source("x,y\n1,a\n2,a\n3,b\n4,b\n");
  const ImportResult first = source.import();
  const auto written = std::filesystem::last_write_time(first.file);
  const ImportResult second = source.import();
  EXPECT_EQ(second.file, first.file);
  EXPECT_EQ(to_json_object(second.facts), to_json_object(first.facts));
  EXPECT_EQ(std::filesystem::last_write_time(first.file), written);
}

TEST(Import, ImportsAgainWhenTheFactsAreDamaged) {
  const Source source("x,y\n1,a\n2,a\n3,b\n4,b\n");
  const ImportResult first = source.import();
  auto facts = first.file;
  write_file(facts.replace_extension(".json"), "{");
  EXPECT_EQ(source.import().facts.hash, first.facts.hash);
}

TEST(Import, LeavesNothingBehindWhenItFails) {
  const Source source("x,y\n1,a\n2,a\n3,b\n");
  EXPECT_NE(source.complaints(), Lines{"nothing"});
  EXPECT_FALSE(std::filesystem::exists(source.files.path("data")));
}

TEST(Import, HashTellsDataApart) {
  const Source one("x,y\n1,a\n2,a\n3,b\n4,b\n");
  const Source two("x,y\n1,a\n2,a\n3,b\n5,b\n");
  EXPECT_NE(one.import().facts.hash, two.import().facts.hash);
}

TEST(Import, DropsConstantColumnsAndSaysSo) {
  const Source source("k,t,x,y\n7,same,1,a\n7,same,2,a\n7,same,3,b\n7,same,4,b\n");
  const DataFacts facts = source.import().facts;
  EXPECT_EQ(facts.columns[0].why, "constant: every value is 7");
  EXPECT_EQ(facts.columns[1].why, "constant: every value is `same`");
  EXPECT_TRUE(facts.columns[0].dropped && facts.columns[1].dropped);
  EXPECT_EQ(input_width(facts), 1);
}

TEST(Import, KeepsConstantPixels) {
  Source source("0,1,a\n0,2,a\n0,3,b\n0,4,b\n");
  source.spec.shape = {1, 1, 2};
  EXPECT_EQ(input_width(source.import().facts), 2);
}

TEST(Import, DropsColumnsThatNameTheRows) {
  std::string text = "id,x,y\n";
  for (int row = 0; row < 202; ++row) {
    text += "user" + std::to_string(row) + "," + std::to_string(row % 7) + (row % 2 ? ",a\n" : ",b\n");
  }
  const DataFacts facts = Source(text).import().facts;
  EXPECT_EQ(facts.columns[0].why, "names the rows: 202 different texts in 202 rows");
}

TEST(Import, LeavesOutWhatTheSpecDrops) {
  Source source("id,x,y\n,1,a\n,2,a\n,3,b\n,4,b\n");
  source.spec.drop = {"id"};
  EXPECT_EQ(source.import().facts.columns[0].why, "left out by `drop`");
}

TEST(Import, FindsTheTargetByNameAndNumber) {
  for (const std::string target : {"y", "1", "-2"}) {
    const DataFacts facts = Source("y,x\na,1\na,2\nb,3\nb,4\n", target).import().facts;
    EXPECT_EQ(facts.target, "y") << target;
    EXPECT_EQ(facts.layout.target_column, 0) << target;
  }
}

TEST(Import, ChoosesTheTask) {
  EXPECT_EQ(Source("1,3\n2,3\n3,1\n4,1\n").import().facts.classes, (Lines{"1", "3"}));
  EXPECT_EQ(Source("1,10\n2,9\n3,10\n4,9\n").import().facts.classes, (Lines{"9", "10"}));
  EXPECT_EQ(Source("1,3.0\n2,3.0\n3,1.0\n4,1.0\n").import().facts.task, "regression");
  std::string many;
  for (int row = 0; row < 202; ++row) many += std::to_string(row * 3) + "," + std::to_string(row / 2) + "\n";
  EXPECT_EQ(Source(many).import().facts.task, "regression");
  Source asked(many);
  asked.spec.task = "classification";
  EXPECT_EQ(asked.import().facts.classes.size(), 101u);
}

TEST(Import, ReportsWordsInNumericColumns) {
  EXPECT_EQ(Source("x,z,y\n1,1,a\ntwo,2,a\n3,3,b\n4,inf,b\n").complaints(),
            (Lines{"3:1-4 data::not-a-number: `two` in column `x` is no number [if it means a missing value, add it to "
                   "`missing`]",
                   "5:3-6 data::not-a-number: `inf` in column `z` is no number [if it means a missing value, add it to "
                   "`missing`]"}));
}

TEST(Import, ReportsNumbersBeyondFloat32) {
  EXPECT_EQ(Source("x,y\n1,a\n1e300,a\n3,b\n4,b\n").complaints(),
            Lines{"3:1-6 data::too-large: `1e300` in column `x` is beyond the range of float32"});
}

TEST(Import, ReportsAColumnWithoutValues) {
  EXPECT_EQ(Source("x,gap,y\n1,?,a\n2,,a\n3,NA,b\n4,,b\n").complaints(),
            Lines{"1:3-6 data::empty-column: column `gap` has no value in any row [leave it out with `drop`]"});
}

TEST(Import, ReportsMissingTargets) {
  EXPECT_EQ(Source("x,y\n1,a\n2,\n3,b\n4,?\n").complaints(),
            (Lines{"3:3-4 data::missing-target: the row has no target in column `y`",
                   "5:3-4 data::missing-target: the row has no target in column `y`"}));
}

TEST(Import, ReportsAClassWithOneRow) {
  EXPECT_EQ(Source("x,y\n1,a\n2,a\n3,b\n").complaints(),
            Lines{"4:3-4 data::class-of-one: class `b` has one row: it cannot be both learnt and judged"});
}

TEST(Import, ReportsASingleClass) {
  EXPECT_EQ(Source("x,y\n1,a\n2,a\n").complaints(),
            Lines{"2:3-4 data::one-class: every row has the class `a`: nothing can be learnt"});
}

TEST(Import, ReportsWordsInARegressionTarget) {
  EXPECT_EQ(Source("x,y\n1,1.5\n2,2.5\n3,many\n4,4.5\n").complaints(),
            Lines{"4:3-7 data::not-a-number: target `many` in column `y` is no number [if the values name classes, say "
                  "task = \"classification\"]"});
}

TEST(Import, ReportsPixelsThatAreNone) {
  Source source("0,255,a\n256,1.5,a\n-1,,b\n0,0,b\n");
  source.spec.shape = {1, 1, 2};
  EXPECT_EQ(source.complaints(),
            (Lines{"2:1-4 data::not-a-pixel: pixel `256` in column `c1` must be an integer from 0 to 255",
                   "2:5-8 data::not-a-pixel: pixel `1.5` in column `c2` must be an integer from 0 to 255",
                   "3:1-3 data::not-a-pixel: pixel `-1` in column `c1` must be an integer from 0 to 255",
                   "3:4-5 data::not-a-pixel: pixel `` in column `c2` must be an integer from 0 to 255"}));
}

TEST(Import, ReportsAShapeThatDoesNotFit) {
  Source source("0,255,a\n1,1,a\n2,2,b\n0,0,b\n");
  source.spec.shape = {1, 8, 8};
  EXPECT_EQ(source.complaints(),
            Lines{"1:1-2 data::bad-shape: `shape` [1, 8, 8] means 64 pixels a row, the file has 2 columns besides the "
                  "target"});
}

TEST(Import, ReportsATargetThatIsNoColumn) {
  const Source misspelt("x,income\n1,a\n2,a\n3,b\n4,b\n", "incme");
  EXPECT_EQ(misspelt.complaints(), Lines{"1:1-2 data::no-target: target `incme` is no column of `" +
                                         misspelt.spec.source + "` [did you mean `income`?]"});
  const Source far("x,y\n1,a\n2,a\n3,b\n4,b\n", "3");
  EXPECT_EQ(far.complaints(), Lines{"1:1-2 data::no-target: target 3 is no column: `" + far.spec.source +
                                    "` has columns 1 to 2 (-1 = the last)"});
}

TEST(Import, ReportsColumnsToDropThatAreNone) {
  Source source("x,y\n1,a\n2,a\n3,b\n4,b\n");
  source.spec.drop = {"z", "y"};
  EXPECT_EQ(source.complaints(),
            (Lines{"1:1-2 data::unknown-column: `drop` names `z`, which is no column [did you mean `x` or `y`?]",
                   "1:3-4 data::unknown-column: `drop` names the target `y`"}));
}

TEST(Import, ReportsATableOfNothingToLearnFrom) {
  EXPECT_EQ(Source("x,y\n1,a\n1,a\n1,b\n1,b\n").complaints().front().substr(0, 21), "1:1-2 data::no-featur");
}

TEST(Import, ReportsOptionsItCannotServe) {
  Source source("x,y\n1,a\n");
  source.spec.task = "sequence";
  source.spec.target = "";
  source.spec.header = "true";
  source.spec.columns = {"a"};
  source.spec.shape = {8, 8};
  source.spec.limit = 0;
  EXPECT_EQ(source.complaints(),
            (Lines{"data::unsupported: task `sequence` is not known here: `classification` or `regression`",
                   "data::no-target: `target` must name the column to predict, or give its number (-1 = the last)",
                   "data::column-names: `columns` names the columns of a file without header, but header = true",
                   "data::bad-shape: `shape` must be [channels, height, width], each at least 1",
                   "data::bad-limit: `limit` must be at least 1 (is 0)"}));
}

TEST(Import, ReportsASourceThatIsNotThere) {
  Source source("x,y\n");
  source.spec.source = source.files.path("none.csv");
  EXPECT_EQ(source.complaints(), Lines{"data::no-source: there is no data file `" + source.spec.source + "`"});
}

TEST(Import, ReportsMistakesOfSeveralColumnsAtOnce) {
  EXPECT_EQ(Source("x,gap,y\none,,a\n2,,a\n3,,b\n4,,c\n").complaints().size(), 4u);  // b, c, one, gap
}

}  // namespace
}  // namespace hone
