#include "configs/toml_document.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

TomlNode parse(const std::string& text) {
  Diagnostics diagnostics;
  auto root = parse_toml(text, "x.toml", diagnostics);
  EXPECT_TRUE(root.has_value());
  return root.value_or(TomlNode{});
}

std::string shown(const Place& place) {
  return std::to_string(place.line) + ":" + std::to_string(place.column) + "-" + std::to_string(place.end_line) + ":" +
         std::to_string(place.end_column);
}

TEST(TomlDocument, KeepsPlacesOfKeysAndValuesThroughCopies) {
  const TomlNode root = parse("space.lr = {type = \"float\",\tlow = 1e-4}\n\"é\" = [1,\n 2.5]\n");
  const TomlNode copy = root;
  const TomlNode& lr = find_entry(find_entry(copy, "space")->value, "lr")->value;
  EXPECT_EQ(shown(find_entry(lr, "low")->key), "1:29-1:32");
  EXPECT_EQ(shown(find_entry(lr, "low")->value.place), "1:35-1:39");
  EXPECT_EQ(shown(find_entry(copy, "é")->key), "2:1-2:4");
  EXPECT_EQ(shown(find_entry(copy, "é")->value.items[1].place), "3:2-3:5");
  EXPECT_EQ(find_entry(copy, "é")->value.place.file, "x.toml");
}

TEST(TomlDocument, KeepsFileOrder) {
  const TomlNode root = parse("b = 1\na = 2\n[z]\n[y]\n");
  std::string names;
  for (const TomlEntry& entry : root.entries) names += entry.name;
  EXPECT_EQ(names, "bazy");
}

TEST(TomlDocument, ReportsTheFirstSyntaxErrorWithItsPlace) {
  Diagnostics diagnostics;
  EXPECT_FALSE(parse_toml("a = 1\nb = [1,\n", "x.toml", diagnostics).has_value());
  ASSERT_EQ(diagnostics.list().size(), 1u);
  EXPECT_EQ(diagnostics.list()[0].code, "spec::syntax");
  EXPECT_EQ(diagnostics.list()[0].message, "this is no TOML: Error while parsing array: encountered end-of-file");
  EXPECT_EQ(diagnostics.list()[0].place.line, 2);
}

TEST(TomlDocument, FindsThePlaceOfWhatTheParserAssertsAgainst) {
  Diagnostics diagnostics;
  EXPECT_FALSE(parse_toml("a = 1\nb = [1,\n é}]\n", "x.toml", diagnostics).has_value());
  EXPECT_FALSE(parse_toml("é = 1\n", "x.toml", diagnostics).has_value());
  EXPECT_FALSE(parse_toml("a = 1\n\"é\" = [}]\n", "x.toml", diagnostics).has_value());
  ASSERT_EQ(diagnostics.list().size(), 3u);
  EXPECT_EQ(diagnostics.list()[2].message, "this is no TOML: a value is missing before this character");
  EXPECT_EQ(shown(diagnostics.list()[2].place), "2:8-2:9");
}

TEST(TomlDocument, RefusesNestingThatWouldEatTheStack) {
  Diagnostics diagnostics;
  EXPECT_FALSE(parse_toml("a = " + std::string(100000, '['), "x.toml", diagnostics).has_value());
  EXPECT_EQ(diagnostics.list().size(), 1u);
}

TEST(TomlDocument, WritesCanonicalTextThatReadsBackEqual) {
  const std::vector<std::string> order = {"first", "space", "last"};
  const TomlNode root = parse(
      "[last]\nb = 1.0\na = \"q\\\"\\\\ \\u0007 é\"\n[space]\nz = {t = 1, s = [1, 2.5, {x = true}]}\na = {}\n"
      "[first]\n\"odd key\" = -3\n[[list]]\nm = 1\n");
  const std::string text = write_toml(root, order);
  EXPECT_EQ(text,
            "list = [{m = 1}]\n"
            "\n[first]\n\"odd key\" = -3\n"
            "\n[space]\nz = {s = [1, 2.5, {x = true}], t = 1}\na = {}\n"
            "\n[last]\na = \"q\\\"\\\\ \\u0007 é\"\nb = 1.0\n");
  EXPECT_EQ(write_toml(parse(text), order), text);
}

TEST(TomlDocument, WritesWhatIsEqualEqually) {
  const std::vector<std::string> order;
  EXPECT_EQ(write_toml(parse("a = {x = 1, y = 2}\n"), order), write_toml(parse("[a]\ny = 2\nx = 1 # why\n"), order));
}

}  // namespace
}  // namespace hone
