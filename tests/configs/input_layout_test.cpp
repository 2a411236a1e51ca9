#include "configs/input_layout.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

ColumnFacts numeric(const std::string& name, std::int64_t missing = 0) {
  ColumnFacts column;
  column.name = name;
  column.missing = missing;
  return column;
}

ColumnFacts nominal(const std::string& name, std::size_t levels) {
  ColumnFacts column;
  column.name = name;
  column.type = "nominal";
  for (std::size_t i = 0; i < levels; ++i) column.levels.push_back("level" + std::to_string(i));
  return column;
}

DataFacts facts_of(std::vector<ColumnFacts> columns, const std::string& categories) {
  DataFacts facts;
  facts.columns = std::move(columns);
  facts.encoding.categories = categories;
  return facts;
}

/// "kind column first+width/slots" a block.
std::string layout(const DataFacts& facts) {
  const std::vector<std::string> kinds = {"numeric", "indicator", "onehot", "ordinal", "code"};
  std::string text;
  for (const InputBlock& block : input_blocks(facts)) {
    text += kinds[static_cast<std::size_t>(block.kind)] + " " + facts.columns[block.column].name + " " +
            std::to_string(block.first) + "+" + std::to_string(block.width) + "/" + std::to_string(block.slots) + "; ";
  }
  return text;
}

TEST(InputLayout, PutsNumbersFirstThenIndicatorsThenNominalColumns) {
  ColumnFacts dropped = numeric("c");
  dropped.dropped = true;
  EXPECT_EQ(layout(facts_of({nominal("color", 3), numeric("a", 2), dropped, numeric("b")}, "onehot")),
            "numeric a 0+1/0; numeric b 1+1/0; indicator a 2+1/0; onehot color 3+5/5; ");
}

TEST(InputLayout, GivesCodesFromTenLevelsOnWhenMixed) {
  const DataFacts facts = facts_of({nominal("few", 9), nominal("many", 10)}, "mixed");
  EXPECT_EQ(layout(facts), "onehot few 0+11/11; code many 11+1/12; ");
  ASSERT_EQ(code_blocks(facts).size(), 1u);
  EXPECT_EQ(code_blocks(facts)[0].first, 11);
}

TEST(InputLayout, GivesEveryNominalColumnACodeOrAPlaceWhenAsked) {
  EXPECT_EQ(layout(facts_of({nominal("few", 2), nominal("many", 10)}, "embedding")),
            "code few 0+1/4; code many 1+1/12; ");
  EXPECT_EQ(layout(facts_of({nominal("few", 2), nominal("many", 10)}, "ordinal")),
            "ordinal few 0+1/0; ordinal many 1+1/0; ");
}

TEST(InputLayout, BoundsTheSlotsOfAColumn) { EXPECT_EQ(input_width(facts_of({nominal("x", 1000)}, "onehot")), 102); }

TEST(InputLayout, WidthOfImagesIsTheirPixels) {
  DataFacts facts;
  facts.shape = {3, 4, 5};
  EXPECT_EQ(input_width(facts), 60);
  EXPECT_TRUE(input_blocks(facts).empty());
}

TEST(InputLayout, AutoMeansCodesOnlyForFamiliesWithEmbeddings) {
  EXPECT_EQ(resolve_encoding("auto", "auto", /*embeds=*/false), (InputEncoding{"standard", "onehot"}));
  EXPECT_EQ(resolve_encoding("auto", "auto", /*embeds=*/true), (InputEncoding{"standard", "mixed"}));
  EXPECT_EQ(resolve_encoding("robust", "ordinal", /*embeds=*/true), (InputEncoding{"robust", "ordinal"}));
}

}  // namespace
}  // namespace hone
