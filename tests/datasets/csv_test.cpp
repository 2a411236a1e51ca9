#include "datasets/formats/csv.h"

#include <gtest/gtest.h>

#include "tests/datasets/data_files.h"

namespace hone {
namespace {

CsvTable table_of(const DataFiles& files, const std::string& text, CsvOptions options = {}) {
  if (options.missing.empty()) options.missing = {"", "?"};
  return CsvTable::read(files.write("table.csv", text), options);
}

Lines row_of(const CsvTable& table, std::size_t row) {
  Lines cells;
  for (std::size_t column = 0; column < table.columns(); ++column) cells.emplace_back(table.cell(row, column));
  return cells;
}

Lines complaints_about(const std::string& text, const CsvOptions& options = {}) {
  const DataFiles files;
  return complaints_of([&] { table_of(files, text, options); });
}

TEST(Csv, ReadsCellsByRowAndColumn) {
  const DataFiles files;
  const CsvTable table = table_of(files, "age,city\n31,Rome\n42,Oslo\n");
  EXPECT_EQ(table.names(), (Lines{"age", "city"}));
  EXPECT_EQ(table.rows(), 2u);
  EXPECT_EQ(row_of(table, 1), (Lines{"42", "Oslo"}));
}

TEST(Csv, FindsEachSeparator) {
  for (const std::string separator : {",", ";", "\t", "|"}) {
    const DataFiles files;
    const CsvTable table = table_of(files, "a" + separator + "b\n1" + separator + "2\n");
    EXPECT_EQ(row_of(table, 0), (Lines{"1", "2"})) << separator;
  }
}

TEST(Csv, DoesNotTakeDecimalCommasForSeparators) {
  const DataFiles files;
  EXPECT_EQ(row_of(table_of(files, "a;b;c\n1,5;2;x\n3,5;4;y\n"), 0), (Lines{"1,5", "2", "x"}));
}

TEST(Csv, ReadsQuotesAsRfc4180) {
  const DataFiles files;
  const CsvTable table = table_of(files, "n,text\n1,\"a, \"\"b\"\"\nc\"\n2, \"x\" \n3,5\" pipe\n");
  EXPECT_EQ(row_of(table, 0), (Lines{"1", "a, \"b\"\nc"}));
  EXPECT_EQ(row_of(table, 1), (Lines{"2", "x"}));
  EXPECT_EQ(row_of(table, 2), (Lines{"3", "5\" pipe"}));
}

TEST(Csv, ReadsCrLfByteOrderMarkBlanksAndBlankLines) {
  const DataFiles files;
  const CsvTable table = table_of(files,
                                  "\xEF\xBB\xBF"
                                  "a, b\r\n1 , 2\r\n\r\n3,4\r\n \r\n");
  EXPECT_EQ(table.names(), (Lines{"a", "b"}));
  EXPECT_EQ(table.rows(), 2u);
  EXPECT_EQ(row_of(table, 0), (Lines{"1", "2"}));
  EXPECT_EQ(row_of(table, 1), (Lines{"3", "4"}));
}

TEST(Csv, ReadsALastLineWithoutEnd) {
  const DataFiles files;
  EXPECT_EQ(row_of(table_of(files, "a,b\n1,"), 0), (Lines{"1", ""}));
}

TEST(Csv, KnowsMissingWords) {
  const DataFiles files;
  const CsvTable table = table_of(files, "a,b,c\n1,?,\n2,x,y\n");
  EXPECT_FALSE(table.is_missing(0, 0));
  EXPECT_TRUE(table.is_missing(0, 1));
  EXPECT_TRUE(table.is_missing(0, 2));
}

TEST(Csv, GuessesWhetherThereIsAHeader) {
  const DataFiles files;
  EXPECT_TRUE(table_of(files, "x,y\n1,2\n").has_header());
  EXPECT_FALSE(table_of(files, "0,1\n1,2\n").has_header());
  EXPECT_FALSE(table_of(files, "a,1\nb,2\n").has_header());
  EXPECT_TRUE(table_of(files, "color,size\nred,big\nblue,small\n").has_header());
  EXPECT_FALSE(table_of(files, "red,big\nblue,small\nred,big\n").has_header());
}

TEST(Csv, NumbersTheColumnsOfAFileWithoutHeader) {
  const DataFiles files;
  EXPECT_EQ(table_of(files, "0,1\n1,2\n").names(), (Lines{"c1", "c2"}));
}

TEST(Csv, TakesNamesFromTheOptions) {
  const DataFiles files;
  const CsvOptions options{.columns = {"left", "right"}};
  const CsvTable table = table_of(files, "a,1\nb,2\n", options);
  EXPECT_EQ(table.names(), (Lines{"left", "right"}));
  EXPECT_EQ(table.rows(), 2u);
  EXPECT_EQ(table_of(files, "left,right\nb,2\n", options).rows(), 1u);
}

TEST(Csv, ReadsAtMostTheLimit) {
  const DataFiles files;
  EXPECT_EQ(table_of(files, "a\n1\n2\n3\n", {.limit = 2}).rows(), 2u);
  EXPECT_EQ(table_of(files, "1\n2\n3\n", {.header = "false", .limit = 2}).rows(), 2u);
}

TEST(Csv, PlacesCellsInCodePoints) {
  const DataFiles files;
  const CsvTable table = table_of(files, "name,n\n\"two\nlines\",1\nzoë,22\n");
  const Place place = table.place(1, 1);
  EXPECT_EQ(place.line, 4);
  EXPECT_EQ(place.column, 5);
  EXPECT_EQ(place.end_column, 7);
}

TEST(Csv, ReportsEveryRaggedLine) {
  EXPECT_EQ(complaints_about("a,b,c\n1,2,3\n4,5\n6,7,8,9,10\n"),
            (Lines{"3:4-5 data::ragged-line: the line has 2 values, the first line has 3",
                   "4:7-11 data::ragged-line: the line has 5 values, the first line has 3"}));
}

TEST(Csv, StopsAtTwentyMistakes) {
  std::string text = "a,b\n";
  for (int i = 0; i < 100; ++i) text += "1\n";
  EXPECT_EQ(complaints_about(text, {.separator = ","}).size(), 20u);
}

TEST(Csv, ReportsAQuoteThatDoesNotClose) {
  EXPECT_EQ(complaints_about("a,b\n1,\"x\n2,y\n"),
            Lines{"2:3-4 data::open-quote: a quoted value does not end: `\"` is missing"});
}

TEST(Csv, ReportsTextAfterAClosingQuote) {
  EXPECT_EQ(
      complaints_about("a,b\n1,\"x\"y\n"),
      Lines{"2:6-7 data::text-after-quote: text stands after the closing `\"` of a quoted value [a quote inside a "
            "quoted value is written `\"\"`]"});
}

TEST(Csv, ReportsEmptyFiles) {
  const DataFiles files;
  const std::string path = files.path("table.csv");
  EXPECT_EQ(complaints_of([&] { table_of(files, ""); }), Lines{"data::empty: data file `" + path + "` has no lines"});
  EXPECT_EQ(complaints_of([&] { table_of(files, "\n \n"); }),
            Lines{"data::empty: data file `" + path + "` has no lines"});
  EXPECT_EQ(complaints_of([&] { table_of(files, "a,b\n", {.header = "true"}); }),
            Lines{"1:1-2 data::empty: data file `" + path + "` has a header but no rows"});
}

TEST(Csv, ReportsNamesThatComeTwice) {
  EXPECT_EQ(complaints_about("a,b,a\n1,2,3\n"), Lines{"1:5-6 data::column-twice: two columns are named `a`"});
}

TEST(Csv, ReportsNamesThatDoNotFitTheFile) {
  EXPECT_EQ(complaints_about("1,2,3\n", {.columns = {"a", "b"}}),
            Lines{"1:1-2 data::column-names: `columns` names 2 columns, the file has 3"});
}

TEST(Csv, ReportsASeparatorThatIsNone) {
  EXPECT_EQ(complaints_about("1,2\n", {.separator = "::"}),
            Lines{"data::bad-separator: `separator` must be `auto`, `tab` or one character (is `::`)"});
}

}  // namespace
}  // namespace hone
