#include "core/protocol.h"

#include <gtest/gtest.h>

#include <string>

namespace hone {
namespace {

TEST(ReportLines, ReadsMetricsOfAStep) {
  const auto line = parse_report_line(R"({"trial":17,"attempt":2,"step":3,"val_accuracy":0.97,"val_loss":1})");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->trial, 17);
  EXPECT_EQ(line->attempt, 2);
  EXPECT_EQ(line->step, 3.0);
  EXPECT_EQ(line->metrics, (std::map<std::string, double>{{"val_accuracy", 0.97}, {"val_loss", 1}}));
  EXPECT_FALSE(line->final);
  EXPECT_FALSE(line->non_finite);
  EXPECT_FALSE(line->end);
}

TEST(ReportLines, ReadsEveryOtherMember) {
  EXPECT_TRUE(parse_report_line(R"({"final":true,"acc":1})")->final);
  EXPECT_EQ(parse_report_line(R"({"checkpoint":"m.h5","step":3})")->checkpoint, "m.h5");
  const auto status = parse_report_line(R"({"status":"infeasible","why":"too big"})");
  EXPECT_EQ(status->status, "infeasible");
  EXPECT_EQ(status->why, "too big");
  EXPECT_EQ(parse_report_line(R"({"note":"hello"})")->note, "hello");
  EXPECT_EQ(parse_report_line(R"({"diagnostic":{"b":1,"a":2}})")->diagnostic, R"({"a":2,"b":1})");
  EXPECT_EQ(parse_report_line(R"({"hello":{"protocol":1}})")->hello, R"({"protocol":1})");
  EXPECT_EQ(parse_report_line(R"({"result":"result.json"})")->result, "result.json");
}

TEST(ReportLines, SecondsBelongToTheClosingLineAndAreElsewhereAMetric) {
  const auto closing = parse_report_line(R"({"end":77,"seconds":1.25})");
  EXPECT_EQ(closing->end, 77);
  EXPECT_EQ(closing->seconds, 1.25);
  EXPECT_TRUE(closing->metrics.empty());
  EXPECT_EQ(parse_report_line(R"({"seconds":1.25})")->metrics.at("seconds"), 1.25);
}

TEST(ReportLines, MarksNonFiniteMetricsOfPythonAndC) {
  for (const std::string token : {"NaN", "Infinity", "-Infinity", "nan", "-nan", "inf", "-inf", "INF"}) {
    const auto line = parse_report_line(R"({"step":2,"loss":)" + token + R"(,"acc":0.5,"note":"NaN \" inf"})");
    ASSERT_TRUE(line) << token;
    EXPECT_TRUE(line->non_finite) << token;
    EXPECT_EQ(line->non_finite_metrics, std::vector<std::string>{"loss"}) << token;
    EXPECT_EQ(line->metrics, (std::map<std::string, double>{{"acc", 0.5}})) << token;
    EXPECT_EQ(line->note, "NaN \" inf") << token;
  }
}

TEST(ReportLines, RefusesWhatIsNoReportLine) {
  for (const std::string text :
       {"", "3", "[1]", "{", "acc=0.9", R"({"acc":"high"})", R"({"acc":null})", R"({"acc":true})", R"({"trial":"17"})",
        R"({"step":"3"})", R"({"step":NaN})", R"({"final":1})", R"({"end":"0"})", R"({"diagnostic":"text"})",
        R"({"checkpoint":3})", R"({"acc":1e999})", "{\"acc\":\"\xff\"}"})
    EXPECT_FALSE(parse_report_line(text)) << text;
}

TEST(ReportLines, RefusesALineAboveTheLimit) {
  const std::string padding(kMaxLineBytes - std::string(R"({"acc":1})").size(), ' ');
  EXPECT_TRUE(parse_report_line(R"({"acc":1})" + padding));
  EXPECT_FALSE(parse_report_line(R"({"acc":1})" + padding + " "));
  EXPECT_TRUE(parse_report_line(R"({"acc":1})" + padding + " ", 2 * kMaxLineBytes));
}

TEST(FailureClasses, HaveNamesThatReadBack) {
  EXPECT_EQ(name_of(FailureClass::out_of_memory), "out_of_memory");
  EXPECT_EQ(name_of(FailureClass::cancelled), "cancelled");
  for (int i = 0; i <= static_cast<int>(FailureClass::cancelled); ++i)
    EXPECT_EQ(failure_class_named(name_of(static_cast<FailureClass>(i))), static_cast<FailureClass>(i));
  EXPECT_FALSE(failure_class_named("boredom"));
}

TEST(ReservedMetrics, AreTheMembersOfLines) {
  EXPECT_TRUE(is_reserved_metric("step"));
  EXPECT_TRUE(is_reserved_metric("end"));
  EXPECT_FALSE(is_reserved_metric("loss"));
  EXPECT_FALSE(is_reserved_metric("seconds"));
}

}  // namespace
}  // namespace hone
