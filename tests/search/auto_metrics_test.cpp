#include "search/executors/auto_metrics.h"

#include <gtest/gtest.h>

#include <cstring>

#include "core/files.h"
#include "search/executors/metric_files.h"
#include "search/executors/metric_presets.h"
#include "search/executors/output_pairs.h"
#include "search/executors/tensorboard_events.h"

namespace hone {
namespace {

using Metrics = std::map<std::string, double>;

Metrics pairs_in(std::string_view line) {
  const auto report = read_pairs(line);
  return report ? report->metrics : Metrics();
}

TEST(OutputPairs, AreFoundInWhatScriptsPrint) {
  EXPECT_EQ(pairs_in("loss=0.5"), (Metrics{{"loss", 0.5}}));
  EXPECT_EQ(pairs_in("Loss: 0.31, acc: 93.5%"), (Metrics{{"Loss", 0.31}, {"acc", 93.5}}));
  EXPECT_EQ(pairs_in("{'eval_loss': 1.5e-3, 'epoch': 3.0}"), (Metrics{{"eval_loss", 1.5e-3}}));
  EXPECT_EQ(pairs_in("val/acc = .75 (best: -2)."), (Metrics{{"val/acc", 0.75}, {"best", -2}}));
  EXPECT_EQ(pairs_in("the loss: 0.25."), (Metrics{{"loss", 0.25}}));
}

TEST(OutputPairs, AreNoUnitsClocksOrWords) {
  EXPECT_EQ(pairs_in("took time=12ms, at 12:30:45, file=7z.tar, x=1.2.3"), Metrics());
  EXPECT_EQ(pairs_in("trial=4 status: 3"), Metrics());
  EXPECT_EQ(pairs_in("no pair here"), Metrics());
}

TEST(OutputPairs, HaveTheStepOfTheirLine) {
  for (const char* line : {"epoch=3 loss=0.5", "Epoch 3/10: loss=0.5", "[step: 3] loss=0.5", "loss: 0.5 (step 3)",
                           "Iteration [3/9] loss=0.5", "'epoch': 3, loss=0.5"}) {
    const auto report = read_pairs(line);
    ASSERT_TRUE(report.has_value()) << line;
    EXPECT_EQ(report->step, 3) << line;
    EXPECT_EQ(report->metrics, (Metrics{{"loss", 0.5}})) << line;
  }
}

TEST(OutputPairs, KnowNotANumber) {
  const auto report = read_pairs("loss=nan acc=0.5");
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->non_finite_metrics, (std::vector<std::string>{"loss"}));
  EXPECT_EQ(report->metrics, (Metrics{{"acc", 0.5}}));
}

TEST(JsonLines, PassOverWhatIsNoNumber) {
  const auto report = read_json_line(R"({"epoch": 3, "loss": 0.5, "phase": "train", "trial": "a", "bad": NaN})");
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->step, 3);
  EXPECT_EQ(report->metrics, (Metrics{{"loss", 0.5}}));
  EXPECT_EQ(report->non_finite_metrics, (std::vector<std::string>{"bad"}));
  EXPECT_FALSE(read_json_line("{not json}").has_value());
}

ReportLine line_of(std::string_view text) { return read_pairs(text).value(); }

ReportLine report_of(std::string_view text) { return parse_report_line(text).value(); }

TEST(AutoMetrics, LastValuesWithoutAStepAreTheResult) {
  AutoMetrics found({"loss"});
  EXPECT_TRUE(found.take(MetricSource::pairs, line_of("loss=0.5 acc=1")).empty());
  EXPECT_TRUE(found.take(MetricSource::pairs, line_of("loss=0.25")).empty());
  const std::vector<ReportLine> lines = found.finish();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(lines[0].final);
  EXPECT_EQ(lines[0].metrics, (Metrics{{"loss", 0.25}, {"acc", 1}}));
  EXPECT_EQ(found.found(), "`loss` from name=value on stdout; also `acc`");
}

TEST(AutoMetrics, LinesWithStepsAreReportsFromTheSecondOn) {
  AutoMetrics found({"loss"});
  EXPECT_TRUE(found.take(MetricSource::pairs, line_of("epoch=1 loss=0.5")).empty());
  EXPECT_EQ(found.take(MetricSource::pairs, line_of("epoch=2 loss=0.4")).size(), 2u);
  EXPECT_EQ(found.take(MetricSource::pairs, line_of("epoch=3 loss=0.3")).size(), 1u);
  EXPECT_TRUE(found.finish().empty());
}

TEST(AutoMetrics, ReportLinesCountBeforeAllElse) {
  AutoMetrics found({"loss"});
  EXPECT_TRUE(found.take(MetricSource::pairs, line_of("loss=9 lr=0.1")).empty());
  EXPECT_EQ(found.take(MetricSource::report, report_of(R"({"loss":0.5})")).size(), 1u);
  EXPECT_TRUE(found.take(MetricSource::pairs, line_of("loss=8")).empty());
  EXPECT_TRUE(found.finish().empty());
  EXPECT_EQ(found.found(), "`loss` from report lines");
}

TEST(AutoMetrics, TheObjectiveChooses) {
  AutoMetrics found({"Acc"});
  found.take(MetricSource::json, read_json_line(R"({"epoch":1,"lr":0.1})").value());
  found.take(MetricSource::pairs, line_of("acc: 0.9"));
  const std::vector<ReportLine> lines = found.finish();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].metrics, (Metrics{{"Acc", 0.9}}));
}

TEST(AutoMetrics, HandOnWhatWasSaidWhereTheObjectiveIsMissing) {
  AutoMetrics found({"loss"});
  found.take(MetricSource::pairs, line_of("acc: 0.9"));
  EXPECT_FALSE(found.has_all());
  ASSERT_EQ(found.finish().size(), 1u);
  EXPECT_EQ(found.found(), "");
}

TEST(MetricPresets, ReadWhatOtherToolsAgreedOn) {
  const auto value = [](const char* preset, const char* line, const char* name) {
    const auto report = make_preset(preset, "loss")(line);
    return report && report->metrics.contains(name) ? report->metrics.at(name) : -1;
  };
  EXPECT_EQ(value("katib", "2026-01-01 epoch 3: accuracy=0.75", "accuracy"), 0.75);
  EXPECT_EQ(value("guild", "val loss: 0.5 (step 10)", "val loss"), 0.5);
  EXPECT_EQ(make_preset("guild", "x")("loss: 0.5 (step 10)")->step, 10);
  EXPECT_EQ(value("smac", "cost=0.5; runtime=0.25; status=SUCCESS; additional_info=test", "cost"), 0.5);
  EXPECT_EQ(make_preset("smac", "cost")("cost=1; status=CRASHED")->status, "infeasible");
  EXPECT_EQ(value("aclib", R"(Result of this algorithm run: {"status": "SUCCESS", "cost": 0.5})", "cost"), 0.5);
  EXPECT_EQ(value("number", " 0.125 ", "loss"), 0.125);
  EXPECT_FALSE(make_preset("number", "loss")("loss 0.125").has_value());
}

void put(std::string& text, const void* bytes, std::size_t size) { text.append(static_cast<const char*>(bytes), size); }

std::string field(int number, const std::string& bytes) {
  return std::string(1, static_cast<char>(number << 3 | 2)) + static_cast<char>(bytes.size()) + bytes;
}

/// A record of one scalar, as PyTorch's SummaryWriter or (as_tensor) TensorFlow 2 write it.
std::string record(const std::string& tag, int step, float value, bool as_tensor) {
  std::string number;
  put(number, &value, sizeof value);
  std::string tensor = std::string("\x08\x01", 2) + field(4, number);
  const std::string data = as_tensor ? field(8, tensor) : std::string(1, '\x15') + number;
  const std::string event = std::string(1, '\x10') + static_cast<char>(step) + field(5, field(1, field(1, tag) + data));
  const std::uint64_t length = event.size();
  std::string result;
  put(result, &length, sizeof length);
  return result + "crc1" + event + "crc2";
}

TEST(TensorBoardEvents, HoldScalarsOfBothKinds) {
  const std::string bytes = record("loss", 1, 0.5F, false) + record("acc", 2, 0.25F, true);
  const std::vector<ReportLine> lines = read_tensorboard_events(bytes);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].step, 1);
  EXPECT_EQ(lines[0].metrics, (Metrics{{"loss", 0.5}}));
  EXPECT_EQ(lines[1].metrics, (Metrics{{"acc", 0.25}}));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_LT(read_tensorboard_events(std::string_view(bytes).substr(0, size)).size(), 2u);
  }
}

TEST(MetricFiles, AreReadFromTheFolderWhereLoggersPutThem) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "logs/version_0");
  write_file(folder.path() / "logs/version_0/metrics.csv", "epoch,step,loss,acc\n0,10,0.5,\n0,10,,0.75\n1,20,0.25,\n");
  const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
  const std::vector<ReportLine> lines = read_metric_files(folder.path(), long_ago);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].step, 10);
  EXPECT_EQ(lines[0].metrics, (Metrics{{"acc", 0.75}, {"loss", 0.5}}));
  EXPECT_EQ(lines[1].metrics, (Metrics{{"loss", 0.25}}));
  // What an earlier attempt left says nothing of this one.
  EXPECT_TRUE(
      read_metric_files(folder.path(), std::filesystem::file_time_type::clock::now() + std::chrono::hours(1)).empty());
}

TEST(MetricFiles, MayBeJson) {
  EXPECT_EQ(read_metric_json(R"({"loss": 0.5, "note": "x"})").at(0).metrics, (Metrics{{"loss", 0.5}}));
  EXPECT_TRUE(read_metric_json(R"({"loss": 0.5})").at(0).final);
  EXPECT_EQ(read_metric_json("{\"step\":1,\"loss\":0.5}\n{\"step\":2,\"loss\":0.25}\n").size(), 2u);
  EXPECT_EQ(read_metric_json(R"([{"epoch":1,"loss":0.5},{"epoch":2,"loss":0.25}])").size(), 2u);
}

}  // namespace
}  // namespace hone
