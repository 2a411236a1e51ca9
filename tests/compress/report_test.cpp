#include "compress/report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace hone {
namespace {

TEST(CompressionReport, ReadsBackAsItWasWritten) {
  CompressionReport report;
  report.metric = "accuracy";
  report.stages = {{"prune", 0.97, 1234, 300, 4000, 1.5, false, "rolled back"}};
  report.layers = {{"conv", "conv2d", 16, 12, "int8", "own-vnni-int8"}};
  report.limits = {{"size <= 25%", "%", 25, 12.5, true, 0, 12.5, 12.5}};
  report.latency = {{32, 0.13, 0.03, 4.3, 4.2, 4.4}};
  report.source_test = 0.98;
  report.met = true;
  report.model = "compressed";
  const nlohmann::json object = to_json_object(report);
  EXPECT_EQ(object.at("stages")[0].at("kept"), false);
  EXPECT_EQ(object.at("latency")[0].at("speedup_low"), 4.2);
  EXPECT_EQ(to_json_object(compression_report_from_json(object)), object);
}

}  // namespace
}  // namespace hone
