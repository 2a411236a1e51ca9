#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/report/write_report.h"
#include "cli/study_view.h"
#include "core/files.h"
#include "core/hash.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

Results results_of(const TemporaryFolder& folder, const StudySample& sample) {
  write_study(folder.path() / "sample", sample);
  return make_results(open_study((folder.path() / "sample").string()));
}

TEST(Report, SaysInMarkdownWhatHappened) {
  const TemporaryFolder folder;
  const std::string text = markdown_report(results_of(folder, make_study_sample()));
  EXPECT_EQ(
      text.substr(0, text.find("## Compression")),
      "# sample\n\n"
      "4 trials: 1 completed, 1 rested, 1 stopped, 1 failed (1 non_finite) in 00:13, finished (target reached). "
      "Data: 100 rows (60 train, 20 validation, 20 test).\n\n"
      "## Best trial: 1\n\nval\\_accuracy 0.98 after 27 epochs. Unconfirmed: one seed chose it.\n\n"
      "| parameter | value |\n| --- | --- |\n| learning\\_rate | 0.01 |\n| momentum | 0.9 |\n| optimizer | sgd |\n\n"
      "The best val\\_accuracy came after 2 trials and 00:12; the mean of the best so far is 0.92.\n\n");
  EXPECT_NE(text.find("| accuracy\\_drop &lt;= 1pt | 0.5 pt | -0.4 to 1.6 pt | 20 | met |"), std::string::npos) << text;
}

TEST(Report, KeepsHostileTextsHarmless) {
  const TemporaryFolder folder;
  const std::string hostile = "</script><img src=x onerror=alert(1)>|`*&\xe2\x80\xa8";
  const Results results = results_of(folder, make_study_sample(hostile));
  const std::string page = html_report(results);
  EXPECT_EQ(count(page, "</script>"), 2u);
  EXPECT_EQ(count(page, "<img"), 0u);
  EXPECT_EQ(count(page, "\xe2\x80\xa8"), 0u);
  const auto data = nlohmann::json::parse(between(page, "id=\"data\">", "</script>"));
  EXPECT_EQ(data["items"][3]["message"], "loss is nan" + hostile);
  const std::string markdown = markdown_report(results);
  EXPECT_EQ(count(markdown, "<img"), 0u);
  EXPECT_NE(markdown.find("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;\\|\\`\\*&amp;"), std::string::npos);
}

TEST(Report, AllowsOnlyItsOwnScriptAndStyle) {
  const TemporaryFolder folder;
  const std::string page = html_report(results_of(folder, make_study_sample()));
  const std::string policy = between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_EQ(policy.find("default-src 'none'; script-src 'sha256-"), 0u) << policy;
  EXPECT_EQ(count(page, "<script"), 2u);
  EXPECT_EQ(count(page, " style=\""), 0u);
  EXPECT_EQ(count(page, "http://"), 1u) << "only the name of the SVG elements";
  EXPECT_EQ(count(page, "https://"), 0u);
}

TEST(Report, StaysSmallWithAHundredTrials) {
  const TemporaryFolder folder;
  EXPECT_LT(html_report(results_of(folder, make_large_sample(100))).size(), 300u * 1024);
}

TEST(Report, WritesAllThreeForms) {
  const TemporaryFolder folder;
  const Results results = results_of(folder, make_study_sample());
  const std::filesystem::path page = write_reports(results);
  EXPECT_EQ(page.filename(), "index.html");
  for (const char* name : {"index.html", "report.md", "report.json"}) {
    EXPECT_TRUE(std::filesystem::exists(page.parent_path() / name)) << name;
  }
  const auto document = nlohmann::json::parse(read_file(page.parent_path() / "report.json"));
  EXPECT_EQ(document["kind"], "report");
  EXPECT_EQ(document["items"][1]["curve"].size(), 5u);
  EXPECT_EQ(document["compression"]["limits"][0]["met"], true);
  EXPECT_EQ(document["rungs"], nlohmann::json::parse(R"([{"budget":3.0,"promoted":1,"reached":2},
      {"budget":9.0,"promoted":1,"reached":1},{"budget":27.0,"promoted":0,"reached":1}])"));
}

}  // namespace
}  // namespace hone
