#include "configs/limits.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace hone {
namespace {

std::string mistake(const std::string& text) {
  try {
    parse_limit(text);
  } catch (const Error& error) {
    const Diagnostic& diagnostic = error.diagnostics().front();
    return diagnostic.code + ": " + diagnostic.message +
           (diagnostic.suggestion.empty() ? "" : " | " + diagnostic.suggestion);
  }
  return "accepted";
}

TEST(Limits, ReadFigureConditionComparisonValueAndUnit) {
  const Limit drop = parse_limit("accuracy_drop <= 1pt");
  EXPECT_EQ(drop.figure, "accuracy");
  EXPECT_TRUE(drop.is_drop);
  EXPECT_EQ(drop.comparison, "<=");
  EXPECT_EQ(drop.value, 1);
  EXPECT_EQ(drop.unit, "pt");
  EXPECT_TRUE(is_quality(drop));
  const Limit latency = parse_limit(" latency_p50@batch=32<=0.8x ");
  EXPECT_EQ(latency.text, "latency_p50@batch=32<=0.8x");
  EXPECT_EQ(latency.figure, "latency_p50");
  EXPECT_EQ(latency.batch, 32);
  EXPECT_EQ(latency.unit, "x");
  EXPECT_FALSE(is_quality(latency));
}

TEST(Limits, SayWhatIsWrongWithThem) {
  EXPECT_EQ(mistake("acuracy_drop <= 1pt"),
            "compress::bad-limit: limit `acuracy_drop <= 1pt`: unknown figure `acuracy_drop` | did you mean "
            "`accuracy_drop` or `auc_drop`?");
  EXPECT_EQ(mistake("size < 25%"),
            "compress::bad-limit: limit `size < 25%`: must be a figure, one of <= >= ==, and a value, like "
            "`accuracy_drop <= 1pt` or `size <= 25%`");
  EXPECT_EQ(mistake("size <= 25"),
            "compress::bad-limit: limit `size <= 25`: the unit must be `B`, `KiB`, `MiB`, `%` or `x` (is none)");
  EXPECT_EQ(mistake("accuracy_drop <= 1%"),
            "compress::bad-limit: limit `accuracy_drop <= 1%`: the unit must be no unit, `pt` or `%rel` (is `%`)");
  EXPECT_EQ(mistake("size <= much"),
            "compress::bad-limit: limit `size <= much`: `much` must be a number of at least 0");
  EXPECT_EQ(mistake("size@batch=4 <= 25%"),
            "compress::bad-limit: limit `size@batch=4 <= 25%`: @batch belongs to latency_p50, not to size");
  EXPECT_EQ(mistake("latency_p50@batch=0 <= 1ms"),
            "compress::bad-limit: limit `latency_p50@batch=0 <= 1ms`: `@batch=0` must be @batch= with a number of rows "
            "from 1 to 65536");
}

TEST(Limits, AreAllReportedTogether) {
  const std::vector<std::string> texts = {"size <= 25", "accuracy_drop <= 1pt", "speed <= 3"};
  try {
    parse_limits(texts);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostics().size(), 2U);
  }
}

TEST(Limits, CountADropInTheMetricsOwnDirection) {
  EXPECT_DOUBLE_EQ(in_unit_of(parse_limit("accuracy_drop <= 1pt"), 0.98, 0.97), 100 * (0.98 - 0.97));
  EXPECT_DOUBLE_EQ(in_unit_of(parse_limit("rmse_drop <= 5%rel"), 2.0, 2.1), 100 * (2.1 - 2.0) / 2.0);
  EXPECT_DOUBLE_EQ(in_unit_of(parse_limit("rmse_drop <= 0.2"), 2.0, 1.5), -0.5);
}

TEST(Limits, ConvertFiguresToTheirUnit) {
  EXPECT_DOUBLE_EQ(in_unit_of(parse_limit("size <= 25%"), 1000, 250), 25);
  EXPECT_DOUBLE_EQ(in_unit_of(parse_limit("size <= 4KiB"), 9000, 2048), 2);
  EXPECT_DOUBLE_EQ(in_unit_of(parse_limit("latency_p50 <= 20us"), 1, 0.01), 10);
  EXPECT_DOUBLE_EQ(in_unit_of(parse_limit("macs <= 0.5x"), 10, 4), 0.4);
}

TEST(Limits, HoldAtTheirExactValueInSpiteOfRounding) {
  const Limit limit = parse_limit("accuracy_drop <= 1pt");
  EXPECT_TRUE(holds(limit, 100 * (0.91 - 0.90)));
  EXPECT_FALSE(holds(limit, 1.01));
  EXPECT_TRUE(holds(parse_limit("accuracy >= 0.9"), 0.9));
}

}  // namespace
}  // namespace hone
