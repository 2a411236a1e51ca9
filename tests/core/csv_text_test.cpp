#include "core/csv_text.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

using Fields = std::vector<std::string>;

TEST(CsvText, CutsFieldsAndLines) {
  const auto records = parse_csv_text("a,b\n1,\r\n\n,\"x\"\n");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].fields, (Fields{"a", "b"}));
  EXPECT_EQ(records[1].fields, (Fields{"1", ""}));
  EXPECT_EQ(records[2].fields, (Fields{"", "x"}));
  EXPECT_EQ(records[2].line, 4);
}

TEST(CsvText, KeepsWhatStandsInQuotes) {
  const auto records = parse_csv_text("\xEF\xBB\xBF\"a,\"\"b\"\"\nc\",d\ne,f");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].fields, (Fields{"a,\"b\"\nc", "d"}));
  EXPECT_EQ(records[1].fields, (Fields{"e", "f"}));
  EXPECT_EQ(records[1].line, 3);
}

TEST(CsvText, EndsWithAnOpenQuote) {
  EXPECT_EQ(parse_csv_text("\"a,b")[0].fields, (Fields{"a,b"}));
  EXPECT_TRUE(parse_csv_text("").empty());
}

}  // namespace
}  // namespace hone
