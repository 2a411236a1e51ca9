#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/files.h"
#include "core/text.h"
#include "search/executors/last_words.h"
#include "search/executors/line_buffer.h"
#include "search/executors/local_executor.h"
#include "search/executors/log_file.h"
#include "search/executors/metric_regex.h"
#include "search/executors/slots.h"
#include "search/executors/tail_file.h"

namespace hone {
namespace {

using Lines = std::vector<std::string>;

TEST(LineBuffer, JoinsPiecesAndKeepsTheLastLineForTheEnd) {
  LineBuffer buffer(10);
  Lines lines;
  const auto take = [&](std::string_view line) { lines.emplace_back(line); };
  buffer.feed("on", take);
  buffer.feed("e\n\ntwo\nthr", take);
  EXPECT_EQ(lines, (Lines{"one", "", "two"}));
  buffer.finish(take);
  EXPECT_EQ(lines.back(), "thr");
}

TEST(LineBuffer, KeepsOneByteMoreThanTheLimitOfALongLine) {
  LineBuffer buffer(4);
  Lines lines;
  buffer.feed("abcdefgh", [](std::string_view) {});
  buffer.feed("ij\nok\n", [&](std::string_view line) { lines.emplace_back(line); });
  EXPECT_EQ(lines, (Lines{"abcde", "ok"}));
}

TEST(LastWords, AreTheLast20Lines) {
  std::string text;
  for (int i = 1; i <= 30; ++i) text += "line " + std::to_string(i) + "\n";
  EXPECT_TRUE(last_words_of(text).starts_with("line 11\nline 12\n"));
  EXPECT_TRUE(last_words_of(text).ends_with("\nline 30"));
  EXPECT_EQ(last_words_of("one\ntwo"), "one\ntwo");
  EXPECT_EQ(last_words_of(" \n"), "");
  EXPECT_EQ(last_words_of_file("/no/such/file"), "");
}

TEST(LastWords, ForgetTheBeginningOfALongStream) {
  LastWords words;
  for (int i = 0; i < 100000; ++i) words.add("noise " + std::to_string(i) + "\n");
  EXPECT_TRUE(words.text().ends_with("\nnoise 99999"));
  EXPECT_EQ(split(words.text(), '\n').size(), 20U);
}

TEST(LogFile, KeepsEverythingBelowItsLimit) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "log";
  LogFile log(path, 4, 10);
  EXPECT_FALSE(std::filesystem::exists(path));
  log.add("0123456789");
  log.close();
  EXPECT_EQ(read_file(path), "0123456789");
}

TEST(LogFile, KeepsHeadAndTailAndSaysWhatIsMissing) {
  const std::string text = "0123456789abcdefghijklmnopqrstuvwxyz";
  for (std::size_t size = 11; size <= text.size(); ++size) {
    for (const std::size_t piece : {1U, 3U, 7U, 36U}) {
      const TemporaryFolder folder;
      const auto path = folder.path() / "log";
      LogFile log(path, 4, 10);
      for (std::size_t i = 0; i < size; i += piece) log.add(text.substr(i, std::min(piece, size - i)));
      log.close();
      EXPECT_EQ(read_file(path),
                "0123\n[hone: " + std::to_string(size - 10) + " bytes are missing here]\n" + text.substr(size - 6, 6));
    }
  }
}

TEST(TailFile, FollowsAFileThatAppearsGrowsAndIsWrittenAnew) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  TailFile tail(path, 100);
  Lines lines;
  const auto take = [&](std::string_view line) { lines.emplace_back(line); };
  tail.read(take);
  std::ofstream file(path);
  file << "one\ntw" << std::flush;
  tail.read(take);
  file << "o\n" << std::flush;
  tail.read(take);
  EXPECT_EQ(lines, (Lines{"one", "two"}));
  std::ofstream anew(path);
  anew << "x\n" << std::flush;
  tail.read(take);
  anew << "end" << std::flush;
  tail.finish(take);
  EXPECT_EQ(lines, (Lines{"one", "two", "x", "end"}));
}

TEST(TailFile, SkipsWhatWasThereBeforeAndFollowsNoLink) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  write_file(path, "old\n");
  std::filesystem::create_symlink(path, folder.path() / "link");
  Lines lines;
  const auto take = [&](std::string_view line) { lines.emplace_back(line); };
  TailFile tail(path, 100);
  TailFile linked(folder.path() / "link", 100);
  std::ofstream(path, std::ios::app) << "new\n";
  tail.finish(take);
  linked.finish(take);
  EXPECT_EQ(lines, Lines{"new"});
}

TEST(MetricRegex, TakesEveryMatchOfALine) {
  const MetricRegex regex(R"((?P<metric>\w+)=(?P<value>\S+)(?: at (?P<step>\d+))?)");
  const auto report = regex.match("loss=0.5 acc=1e-3 at 7 name=adam");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->metrics, (std::map<std::string, double>{{"loss", 0.5}, {"acc", 1e-3}}));
  EXPECT_EQ(report->step, 7);
  EXPECT_FALSE(regex.match("nothing here"));
  EXPECT_FALSE(regex.match("name=adam"));
  EXPECT_EQ(regex.match("loss=nan")->non_finite_metrics, std::vector<std::string>{"loss"});
}

TEST(MetricRegex, SaysWhatIsWrongWithAnExpression) {
  try {
    MetricRegex("(loss");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "spec::bad-regex: trainer.metrics.regex `(loss` is no regular expression: missing ): (loss");
  }
}

TEST(Slots, GetDisjointCores) {
  using Sets = std::vector<std::vector<int>>;
  EXPECT_EQ(divide_cores({0, 2, 4, 6, 8}, 2, 2), (Sets{{0, 2}, {4, 6}}));
  EXPECT_EQ(divide_cores({0, 1}, 3, 1), (Sets{{}, {}, {}}));
}

TEST(Slots, AreAsManyAsTheCoresAllow) {
  ExperimentSpec spec;
  spec.resources.slots = 5;
  EXPECT_EQ(slot_count(spec), 5);
  spec.resources.slots.reset();
  spec.resources.cpus_per_trial = 100000;
  EXPECT_EQ(slot_count(spec), 1);
}

}  // namespace
}  // namespace hone
