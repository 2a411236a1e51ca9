#include "core/text.h"

#include <gtest/gtest.h>

#include <limits>

namespace hone {
namespace {

TEST(Text, SplitKeepsEmptyParts) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
}

TEST(Text, JoinUndoesSplit) {
  const std::vector<std::string> parts = {"a", "", "b"};
  EXPECT_EQ(join(parts, ", "), "a, , b");
  EXPECT_EQ(split(join(parts, ","), ','), parts);
}

TEST(Text, TrimsBlanksAtBothEnds) {
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim("  "), "");
}

TEST(Text, ReadsWholeFiniteNumbersOnly) {
  EXPECT_EQ(parse_number("1e-3"), 0.001);
  EXPECT_EQ(parse_number("+2.5"), 2.5);
  EXPECT_EQ(parse_number("-.5"), -0.5);
  for (const char* bad : {"", "1x", "nan", "inf", "-inf", "1e999", " 1", "+-1", "0x10"}) {
    EXPECT_EQ(parse_number(bad), std::nullopt) << bad;
  }
}

TEST(Text, ReadsWholeIntegersOnly) {
  EXPECT_EQ(parse_integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  for (const char* bad : {"", "1.0", "9223372036854775808", "1 "}) EXPECT_EQ(parse_integer(bad), std::nullopt) << bad;
}

TEST(Text, ReadsDurationsWithAUnit) {
  EXPECT_EQ(parse_duration_seconds("250ms"), 0.25);
  EXPECT_EQ(parse_duration_seconds("90s"), 90);
  EXPECT_EQ(parse_duration_seconds("45m"), 2700);
  EXPECT_EQ(parse_duration_seconds("1.5h"), 5400);
  EXPECT_EQ(parse_duration_seconds("2d"), 172800);
  for (const char* bad : {"", "90", "s", "1h30m", "-5s", "5 s", "5S", "1.2.3s"}) {
    EXPECT_EQ(parse_duration_seconds(bad), std::nullopt) << bad;
  }
}

TEST(Text, ReadsSizesWithAUnit) {
  EXPECT_EQ(parse_size_bytes("100B"), 100);
  EXPECT_EQ(parse_size_bytes("64KiB"), 65536);
  EXPECT_EQ(parse_size_bytes("1.5MiB"), 1572864);
  EXPECT_EQ(parse_size_bytes("2GiB"), std::int64_t{2} << 30);
  for (const char* bad : {"", "2", "2GB", "-1B", "99999999999TiB"})
    EXPECT_EQ(parse_size_bytes(bad), std::nullopt) << bad;
}

TEST(Text, FormatsClocks) {
  EXPECT_EQ(format_clock(0), "00:00");
  EXPECT_EQ(format_clock(133.9), "02:13");
  EXPECT_EQ(format_clock(3599), "59:59");
  EXPECT_EQ(format_clock(3733), "1:02:13");
  EXPECT_EQ(format_clock(-5), "00:00");
}

TEST(Text, FormatsBytesWithoutReaching1024OfAUnit) {
  EXPECT_EQ(format_bytes(0), "0 B");
  EXPECT_EQ(format_bytes(1023), "1023 B");
  EXPECT_EQ(format_bytes(13722), "13.4 KiB");
  EXPECT_EQ(format_bytes(1048575), "1.0 MiB");
  EXPECT_EQ(format_bytes(2202010), "2.1 MiB");
}

TEST(Text, FormatsShortNumbersWithoutTrailingZeros) {
  EXPECT_EQ(format_short(0.5), "0.5");
  EXPECT_EQ(format_short(0.123456789), "0.12346");
  EXPECT_EQ(format_short(1e-7, 3), "1e-07");
  EXPECT_EQ(format_short(12, 2), "12");
}

TEST(Text, CountsWithTheRightNoun) {
  EXPECT_EQ(count_of(1, "trial"), "1 trial");
  EXPECT_EQ(count_of(3, "trial"), "3 trials");
  EXPECT_EQ(count_of(0, "entry"), "0 entries");
  EXPECT_EQ(count_of(2, "day"), "2 days");
  EXPECT_EQ(count_of(2, "class"), "2 classes");
}

TEST(Text, MeasuresTerminalColumns) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("é"), 1);
  EXPECT_EQ(display_width("e\xCC\x81"), 1);
  EXPECT_EQ(display_width("日本"), 4);
  EXPECT_EQ(display_width("\xFF"), 1);
}

TEST(Text, CutsToTerminalColumnsOnly) {
  EXPECT_EQ(fit_width("abcdef", 6), "abcdef");
  EXPECT_EQ(fit_width("abcdef", 5), "abcd…");
  EXPECT_EQ(fit_width("日本語", 5), "日本…");
  EXPECT_EQ(fit_width("日本語", 4), "日…");
  EXPECT_EQ(fit_width("abc", 1), "…");
  EXPECT_EQ(fit_width("abc", 0), "");
}

TEST(Text, RemovesWhatSteersATerminal) {
  EXPECT_EQ(without_controls("a\x1b[31mb\r\x07"), "a[31mb");
  EXPECT_EQ(without_controls("a\tb\nc"), "a\tb\nc");
  EXPECT_EQ(without_controls("x\xC2\x9By"), "xy");
  EXPECT_EQ(without_controls("x\x9By"), "x\xEF\xBF\xBDy");
}

}  // namespace
}  // namespace hone
