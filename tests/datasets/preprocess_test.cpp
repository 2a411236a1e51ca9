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
    std::vector<float> out(rows.size() * static_cast<std::size_t>(input_width(dataset.facts())));
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

constexpr const char* kTable = "a,color,y\n1,red,1.5\n3,blue,2.5\n?,,3.5\n100,green,9.5\n";

using Rows = std::vector<std::int64_t>;
using Floats = std::vector<float>;

TEST(Preprocess, IsFittedOnTrainingRowsAlone) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2});
  EXPECT_EQ(preprocess.mean, Floats{2});
  EXPECT_EQ(preprocess.spread, Floats{1});
  EXPECT_DOUBLE_EQ(preprocess.target_mean, 2.5);
  EXPECT_DOUBLE_EQ(preprocess.target_spread, std::sqrt(2.0 / 3));
}

TEST(Preprocess, EncodesNumbersThenASlotALevelUnknownAndMissing) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2});
  EXPECT_EQ(table.encode(preprocess, {3, 2, 0}), (Floats{98, 0, 1, 0, 0, 0,  //
                                                         0, 0, 0, 0, 0, 1,   //
                                                         -1, 0, 0, 1, 0, 0}));
}

TEST(Preprocess, NoneKeepsNumbersAsTheyAre) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2}, "none");
  EXPECT_EQ(table.encode(preprocess, {3})[0], 100);
}

TEST(Preprocess, GivesAColumnThatIsConstantInTrainingASpreadOfOne) {
  const Table table("a,y\n5,1.5\n5,2.5\n6,3.5\n,4.5\n");
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 3});
  EXPECT_EQ(preprocess.spread, Floats{1});
  EXPECT_EQ(table.encode(preprocess, {0, 2, 3}), (Floats{0, 1, 0}));
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

TEST(Preprocess, EncodesRawValuesAsItEncodesRows) {
  std::string text;
  for (int row = 0; row < 6; ++row) {
    for (int pixel = 0; pixel < 35; ++pixel) text += std::to_string((row * 37 + pixel * 11) % 256) + ",";
    text += row % 2 ? "a\n" : "b\n";
  }
  const Table table(text, "-1", {1, 5, 7});
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2, 3});
  const Floats raw(table.dataset.image().begin(), table.dataset.image().end());
  Floats encoded(raw.size());
  encode_raw(preprocess, raw, 6, encoded);
  Rows all(6);
  std::iota(all.begin(), all.end(), 0);
  EXPECT_EQ(encoded, table.encode(preprocess, all));
}

TEST(Preprocess, EncodesRawNumbersWithGaps) {
  const Table table("a,b,y\n1,2,1.5\n3,6,2.5\n5,?,2.5\n");
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1});
  const Floats raw = {1, 2, NAN, 8};
  Floats encoded(4);
  encode_raw(preprocess, raw, 2, encoded);
  EXPECT_EQ(encoded, (Floats{-1, -1, 0, 2}));
}

TEST(Preprocess, RefusesAnUnknownScaling) {
  const Table table(kTable);
  EXPECT_EQ(complaints_of([&] { fit_preprocess(table.dataset, Rows{0}, "robust"); }),
            Lines{"data::unsupported: numeric `robust` is not known here: `standard` or `none`"});
}

TEST(EncodeCsv, FindsColumnsByNameInAnyOrder) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2});
  EXPECT_EQ(table.encode_text(preprocess, "other,color,a\n9,red,1\n9,purple,\n"),
            (Floats{-1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0}));
}

TEST(EncodeCsv, IgnoresTheTargetWhenItIsThere) {
  const Table table(kTable);
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2});
  EXPECT_EQ(table.encode_text(preprocess, kTable), table.encode(preprocess, {0, 1, 2, 3}));
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
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2});
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
  const Preprocess preprocess = fit_preprocess(table.dataset, Rows{0, 1, 2});
  EXPECT_EQ(complaints_of([&] { table.encode_text(preprocess, "a,color\none,red\n"); }),
            Lines{"2:1-4 data::not-a-number: `one` in column `a` is no number [if it means a missing value, add it to "
                  "`missing`]"});
}

}  // namespace
}  // namespace hone
