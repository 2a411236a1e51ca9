#include "datasets/split.h"

#include <gtest/gtest.h>

#include <cmath>

#include "datasets/import.h"
#include "tests/datasets/data_files.h"

namespace hone {
namespace {

Dataset digits(const DataFiles& files) {
  DatasetSpec spec;
  spec.source = HONE_SOURCE_DIR "/datasets/bundled/digits.csv.gz";
  spec.shape = {1, 8, 8};
  spec.target = "-1";
  return Dataset::open(import_dataset(spec, files.path("data")).file);
}

Dataset classes_of(const DataFiles& files, const std::vector<int>& counts) {
  std::string text;
  int row = 0;
  for (std::size_t code = 0; code < counts.size(); ++code) {
    for (int i = 0; i < counts[code]; ++i) text += std::to_string(row++) + "," + std::to_string(code) + "\n";
  }
  DatasetSpec spec;
  spec.source = files.write("classes.csv", text);
  spec.target = "-1";
  return Dataset::open(import_dataset(spec, files.path("data")).file);
}

std::vector<std::int64_t> counts_in(const Dataset& dataset, const std::vector<std::int64_t>& rows) {
  std::vector<std::int64_t> counts(dataset.facts().classes.size());
  for (std::int64_t row : rows) counts[dataset.classes()[row]] += 1;
  return counts;
}

TEST(Split, CoversEveryRowOnce) {
  const DataFiles files;
  const Dataset dataset = digits(files);
  const SplitRows rows = rows_of(make_split({}, dataset), 0);
  EXPECT_EQ(rows.validation.size(), 359u);
  EXPECT_EQ(rows.test.size(), 359u);
  EXPECT_EQ(rows.train.size(), 1797u - 2 * 359);
  EXPECT_TRUE(std::is_sorted(rows.train.begin(), rows.train.end()));
}

TEST(Split, GivesEveryPartEachClasssShareToWithinARow) {
  const DataFiles files;
  const Dataset dataset = digits(files);
  for (std::int64_t seed : {0, 1, 2}) {
    SplitSpec spec;
    spec.seed = seed;
    const SplitRows rows = rows_of(make_split(spec, dataset), 0);
    for (const auto* part : {&rows.validation, &rows.test}) {
      const auto counts = counts_in(dataset, *part);
      for (std::size_t code = 0; code < counts.size(); ++code) {
        EXPECT_LE(std::abs(counts[code] - 0.2 * dataset.facts().class_counts[code]), 1) << code;
      }
    }
  }
}

TEST(Split, LeavesEveryClassATrainingRow) {
  const DataFiles files;
  for (double share : {0.2, 0.4, 0.49}) {
    SplitSpec spec;
    spec.validation = share;
    spec.test = share;
    const Dataset dataset = classes_of(files, {2, 2, 3, 2, 5, 20, 2});
    const SplitRows rows = rows_of(make_split(spec, dataset), 0);
    const auto train = counts_in(dataset, rows.train);
    for (std::int64_t count : train) EXPECT_GE(count, 1) << share;
    for (const auto* part : {&rows.validation, &rows.test}) {
      const auto counts = counts_in(dataset, *part);
      for (std::size_t code = 0; code < counts.size(); ++code) {
        EXPECT_LE(std::abs(counts[code] - share * dataset.facts().class_counts[code]), 1 + 1e-12) << share << code;
      }
    }
  }
}

TEST(Split, DependsOnItsSeedAlone) {
  const DataFiles files;
  const Dataset dataset = digits(files);
  SplitSpec other;
  other.seed = 1;
  EXPECT_EQ(make_split({}, dataset), make_split({}, dataset));
  EXPECT_NE(make_split({}, dataset), make_split(other, dataset));
}

TEST(Split, IsTheSameOnEveryMachine) {
  const DataFiles files;
  const Folds folds = make_split({}, classes_of(files, {6, 6}));
  EXPECT_EQ(folds, (Folds{-2, 0, -1, -2, -2, -2, -1, -2, -2, -2, 0, -2}));
}

TEST(Split, SplitsRegressionAndUnstratifiedByRowsAlone) {
  const DataFiles files;
  SplitSpec spec;
  spec.stratify = false;
  const SplitRows rows = rows_of(make_split(spec, digits(files)), 0);
  EXPECT_EQ(rows.validation.size(), 359u);
  EXPECT_EQ(rows.test.size(), 359u);
}

TEST(Split, MayHaveNoTestRows) {
  const DataFiles files;
  SplitSpec spec;
  spec.test = 0;
  EXPECT_TRUE(rows_of(make_split(spec, classes_of(files, {5, 5})), 0).test.empty());
}

TEST(Split, RefusesPartsThatWouldBeEmpty) {
  const DataFiles files;
  SplitSpec spec;
  spec.validation = 0.01;
  EXPECT_EQ(complaints_of([&] {
              make_split(spec, classes_of(files, {5, 5}));
            }),
            Lines{"data::cannot-split: the validation part of the split would be empty: there are only 10 rows"});
}

TEST(Split, RefusesSharesThatLeaveNothing) {
  const DataFiles files;
  SplitSpec spec;
  spec.validation = 0.5;
  spec.test = 0.5;
  EXPECT_EQ(complaints_of([&] {
              make_split(spec, classes_of(files, {5, 5}));
            }),
            Lines{"data::cannot-split: the shares of a split must satisfy validation > 0, test >= 0 and validation + "
                  "test < 1"});
  spec.kind = "kfold";
  EXPECT_EQ(complaints_of([&] {
              make_split(spec, classes_of(files, {5, 5}));
            }),
            Lines{"data::unsupported: split kind `kfold` is not known here: `auto`, `holdout`, `files` or `column`"});
}

TEST(Split, ReadsBackFromItsFile) {
  const DataFiles files;
  const Folds folds = {-2, 0, -1, 1, -2};
  write_split(files.path("split.h5"), folds);
  EXPECT_EQ(read_split(files.path("split.h5")), folds);
}

TEST(Split, RowsOfAFoldTrainInTheOthers) {
  const SplitRows rows = rows_of(Folds{-2, 0, -1, 1, 0}, 1);
  EXPECT_EQ(rows.train, (std::vector<std::int64_t>{0, 1, 4}));
  EXPECT_EQ(rows.validation, (std::vector<std::int64_t>{3}));
  EXPECT_EQ(rows.test, (std::vector<std::int64_t>{2}));
}

}  // namespace
}  // namespace hone
