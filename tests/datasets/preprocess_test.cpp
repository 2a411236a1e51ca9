#include "datasets/preprocess.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "datasets/import.h"
#include "tests/datasets/data_files.h"

namespace hone {
namespace {

class Table {
 public:
  explicit Table(const std::string& text, const std::string& target = "y", std::vector<std::int64_t> shape = {}) {
    DatasetSpec spec;
    spec.source = files.write("train.csv", text);
    spec.target = target;
    spec.shape = std::move(shape);
    dataset = Dataset::open(import_dataset(spec, files.path("data")).file);
  }
  std::vector<float> encode(const Preprocess& preprocess, const std::vector<std::int64_t>& rows) const {
    std::vector<float> out(rows.size() * static_cast<std::size_t>(input_width(preprocess.facts)));
    encode_rows(preprocess, dataset, rows, out);
    return out;
  }
  std::vector<float> encode_text(const Preprocess& preprocess, const std::string& text) const {
    std::int64_t rows = 0;
    return encode_csv(preprocess, files.write("new.csv", text), &rows);
  }

  DataFiles files;
  Dataset dataset;
};

/// The first five rows train in most tests.
constexpr const char* kTable =
    "a,color,y\n1,red,1.5\n3,blue,2.5\n2,red,2.5\n?,blue,3.5\n8,,0.5\n100,green,9.5\n5,red,1.5\n";

using Rows = std::vector<std::int64_t>;
using Floats = std::vector<float>;

const Rows kTrain = {0, 1, 2, 3, 4};

TEST(Preprocess, IsFittedOnTrainingRowsAlone) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, kTrain);
  EXPECT_EQ(preprocess.mean, Floats{3.5f});
  EXPECT_FLOAT_EQ(preprocess.spread[0], std::sqrt(7.25f));
  EXPECT_EQ(preprocess.fill, Floats{2.5f});
  EXPECT_DOUBLE_EQ(preprocess.target_mean, 2.1);
  EXPECT_DOUBLE_EQ(preprocess.target_spread, std::sqrt(1.04));
  ASSERT_EQ(preprocess.nominal.size(), 1u);  // blue, green, red
  EXPECT_EQ(preprocess.nominal[0].slots, (std::vector<std::int32_t>{0, 3, 2}));
  EXPECT_FALSE(preprocess.nominal[0].rare_seen);
  EXPECT_TRUE(preprocess.nominal[0].missing_seen);
}

TEST(Preprocess, EncodesNumbersIndicatorsAndASlotALevelUnknownAndMissing) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, kTrain, {"none", "onehot"});
  EXPECT_EQ(table.encode(preprocess, {1, 3, 4, 5}), (Floats{3,    0, 1, 0, 0, 0, 0,  //
                                                            2.5f, 1, 1, 0, 0, 0, 0,  // the median, and that it is one
                                                            8,    0, 0, 0, 0, 0, 1,  //
                                                            100,  0, 0, 0, 0, 0, 0}));  // green: never seen
}

TEST(Preprocess, RareLevelsShareASlotWithUnknownOnes) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2, 3, 5}, {"none", "onehot"});
  EXPECT_TRUE(preprocess.nominal[0].rare_seen);  // green, once
  const Floats green = table.encode(preprocess, {5});
  EXPECT_EQ(green, (Floats{100, 0, 0, 0, 0, 1, 0}));
  EXPECT_EQ(table.encode_text(preprocess, "a,color\n100,violet\n"), green);
  EXPECT_EQ(table.encode(preprocess, {4}), (Floats{8, 0, 0, 0, 0, 0, 0}));  // no training row is missing
}

TEST(Preprocess, GivesCodesForEmbeddings) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, kTrain, {"none", "embedding"});
  EXPECT_EQ(table.encode(preprocess, {1, 4, 5}), (Floats{3, 0, 0, 8, 0, 4, 100, 0, 3}));
}

TEST(Preprocess, GivesThePlaceOfALevelWhenOrdinal) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, kTrain, {"none", "ordinal"});
  EXPECT_EQ(table.encode(preprocess, {0, 1, 5, 4}), (Floats{1, 0, 1, 3, 0, -1, 100, 0, 0, 8, 0, 0}));
}

TEST(Preprocess, KeepsTheMostFrequentOfManyLevels) {
  std::string text = "name,y\n";
  for (int level = 0; level < 150; ++level) {
    for (int row = 0; row < (level < 70 ? 2 : 3); ++row)
      text += "n" + std::to_string(level) + "," + std::to_string(row) + ".5\n";
  }
  const Table table(text);
  Rows all(static_cast<std::size_t>(table.dataset.rows()));
  std::iota(all.begin(), all.end(), 0);
  const Preprocess preprocess = fit_preprocess(table.dataset, all);
  EXPECT_EQ(input_width(preprocess.facts), 102);
  const std::vector<std::string>& levels = table.dataset.facts().columns[0].levels;
  std::size_t kept = 0;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const bool own = preprocess.nominal[0].slots[level] < 100;
    kept += own ? 1 : 0;
    if (std::stoi(levels[level].substr(1)) >= 70) {
      EXPECT_TRUE(own) << levels[level];
    }
  }
  EXPECT_EQ(kept, 100u);
}

TEST(Preprocess, RobustScalesByQuartilesAndBendsTheEnds) {
  const Table table("a,y\n0,1.5\n1,2.5\n2,3.5\n3,4.5\n4,5.5\n1000,5.5\n?,5.5\n");
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2, 3, 4}, {"robust", "onehot"});
  const Floats encoded = table.encode(preprocess, {2, 4, 5, 6});  // with an indicator each
  EXPECT_EQ(encoded[0], 0);
  EXPECT_FLOAT_EQ(encoded[2], 1 / std::sqrt(1 + 1 / 9.0f));
  EXPECT_NEAR(encoded[4], 3, 1e-4);
  EXPECT_EQ(encoded[6], 0);
  EXPECT_EQ(encoded[7], 1);
}

TEST(Preprocess, QuantileGivesNormalScores) {
  std::string text = "a,y\n";
  Rows all;
  for (int row = 0; row < 200; ++row) {
    all.push_back(row);
    text += std::to_string(std::exp(0.1 * row)) + "," + std::to_string(row) + ".5\n";
  }
  const Table table(text + "?,1.5\n");
  const Preprocess preprocess = fit_preprocess(table.dataset, all, {"quantile", "onehot"});
  ASSERT_EQ(preprocess.quantiles.at(0).size(), 10u);
  const Floats encoded = table.encode(preprocess, {0, 99, 199, 200});
  EXPECT_FLOAT_EQ(encoded[0], -5.1993375f);
  EXPECT_NEAR(encoded[2], 0, 0.1);
  EXPECT_FLOAT_EQ(encoded[4], 5.1993375f);
  EXPECT_EQ(encoded[6], 0);
}

TEST(Preprocess, NoneKeepsNumbersAsTheyAre) {
  const Table table(kTable);
  EXPECT_EQ(table.encode(fit_preprocess(table.dataset, kTrain, {"none", "onehot"}), {5})[0], 100);
}

TEST(Preprocess, GivesAColumnThatIsConstantInTrainingASpreadOfOne) {
  const Table table("a,y\n5,1.5\n5,2.5\n6,3.5\n,4.5\n");
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 3});
  EXPECT_EQ(preprocess.spread, Floats{1});
  EXPECT_EQ(table.encode(preprocess, {0, 2, 3}), (Floats{0, 0, 1, 0, 0, 1}));  // each with its indicator
}

TEST(Preprocess, StandardisesImagesByChannel) {
  const Table table("10,20,0,0,a\n30,40,0,0,a\n10,20,0,0,b\n30,40,200,200,b\n", "-1", {2, 1, 2});
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1});
  EXPECT_EQ(preprocess.mean, (Floats{25, 0}));
  EXPECT_FLOAT_EQ(preprocess.spread[0], std::sqrt(125.0f));
  EXPECT_EQ(preprocess.spread[1], 1);
  const Floats encoded = table.encode(preprocess, {3});
  EXPECT_FLOAT_EQ(encoded[0], 5 / std::sqrt(125.0f));
  EXPECT_FLOAT_EQ(encoded[1], 15 / std::sqrt(125.0f));
  EXPECT_EQ(encoded[2], 200);
}

TEST(Preprocess, EncodesPixelsAsItEncodesRows) {
  std::string text;
  for (int row = 0; row < 6; ++row) {
    for (int pixel = 0; pixel < 35; ++pixel) text += std::to_string((row * 37 + pixel * 11) % 256) + ",";
    text += row % 2 ? "a\n" : "b\n";
  }
  const Table table(text, "-1", {1, 5, 7});
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2, 3});
  Floats encoded(table.dataset.image().size());
  encode_pixels(preprocess, table.dataset.image(), 6, encoded);
  Rows all(6);
  std::iota(all.begin(), all.end(), 0);
  EXPECT_EQ(encoded, table.encode(preprocess, all));
}

TEST(EncodeCsv, FindsColumnsByNameInAnyOrder) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, kTrain, {"none", "onehot"});
  EXPECT_EQ(table.encode_text(preprocess, "other,color,a\n9,red,1\n9,purple,\n"),
            (Floats{1, 0, 0, 0, 1, 0, 0, 2.5f, 1, 0, 0, 0, 0, 0}));
}

TEST(EncodeCsv, IgnoresTheTargetWhenItIsThere) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, kTrain);
  EXPECT_EQ(table.encode_text(preprocess, kTable), table.encode(preprocess, {0, 1, 2, 3, 4, 5, 6}));
}

TEST(EncodeCsv, ReadsColumnsByPositionWithoutHeader) {
  const Table table("a,1,2\na,5,4\nb,3,6\nb,7,8\n", "1");
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2, 3});
  const Floats with_target = table.encode_text(preprocess, "a,1,2\nb,3,6\n");
  EXPECT_EQ(with_target, table.encode(preprocess, {0, 2}));
  EXPECT_EQ(table.encode_text(preprocess, "1,2\n3,6\n"), with_target);
}

TEST(EncodeCsv, ReadsImagesWithAndWithoutTheirClass) {
  const Table table("0,9,a\n3,9,a\n4,1,b\n5,0,b\n", "-1", {1, 1, 2});
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2, 3});
  EXPECT_EQ(table.encode_text(preprocess, "3,9\n5,0\n"), table.encode(preprocess, {1, 3}));
  EXPECT_EQ(table.encode_text(preprocess, "3,9,b\n5,0,b\n"), table.encode(preprocess, {1, 3}));
}

TEST(EncodeCsv, ReportsMissingColumns) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, kTrain);
  EXPECT_EQ(complaints_of([&] { table.encode_text(preprocess, "a,colour\n1,red\n"); }),
            Lines{"1:1-2 data::missing-column: column `color`, which the model needs, is missing [did you mean "
                  "`colour`?]"});
}

TEST(EncodeCsv, ReportsAnotherNumberOfColumns) {
  const Table table("0,9,a\n3,9,a\n4,1,b\n5,0,b\n", "-1", {1, 1, 2});
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2, 3});
  EXPECT_EQ(complaints_of([&] { table.encode_text(preprocess, "1\n"); }),
            Lines{"1:1-2 data::other-columns: `" + table.files.path("new.csv") +
                  "` has 1 columns, the model wants 2 (or 3 with the target)"});
}

TEST(EncodeCsv, ReportsWordsWhereNumbersBelong) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, kTrain);
  EXPECT_EQ(complaints_of([&] { table.encode_text(preprocess, "a,color\none,red\n"); }),
            Lines{"2:1-4 data::not-a-number: `one` in column `a` is no number [if it means a missing value, add it to "
                  "`missing`]"});
}

}  // namespace
}  // namespace hone
