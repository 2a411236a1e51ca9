#include "cli/console.h"

#include <gtest/gtest.h>

#include <map>

#include "cli/format.h"
#include "cli/log_text.h"
#include "core/text.h"

namespace hone {
namespace {

Environment environment_of(std::map<std::string, std::string> variables) {
  return [variables](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

TEST(Color, IsDecidedByFlagThenVariablesThenTerminal) {
  EXPECT_TRUE(wants_color(When::automatic, true, environment_of({})));
  EXPECT_FALSE(wants_color(When::automatic, false, environment_of({})));
  EXPECT_FALSE(wants_color(When::automatic, true, environment_of({{"TERM", "dumb"}})));
  EXPECT_FALSE(wants_color(When::automatic, true, environment_of({{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}})));
  EXPECT_TRUE(wants_color(When::automatic, false, environment_of({{"CLICOLOR_FORCE", "1"}})));
  EXPECT_FALSE(wants_color(When::automatic, false, environment_of({{"FORCE_COLOR", "0"}})));
  EXPECT_TRUE(wants_color(When::automatic, false, environment_of({{"HONE_COLOR", "always"}, {"NO_COLOR", "1"}})));
  EXPECT_FALSE(wants_color(When::never, true, environment_of({{"FORCE_COLOR", "1"}})));
}

/// A console whose streams are texts.
struct Transcript {
  explicit Transcript(bool terminal, int columns = 20)
      : console({[this](std::string_view part) { return out += part, true; }, terminal, [columns] { return columns; }},
                {[this](std::string_view part) { return err += part, true; }, terminal, [columns] { return columns; }},
                environment_of({{"NO_COLOR", "1"}}), [this] { return seconds; }) {}
  double seconds = 0;
  std::string out;
  std::string err;
  Console console;
};

TEST(Console, ErasesTheStatusLineBeforeAnythingPermanent) {
  Transcript transcript(/*terminal=*/true);
  transcript.console.status("working on a long line of text");
  transcript.console.note("done");
  transcript.console.note("again");
  EXPECT_EQ(transcript.err, "working on a long …\x1b[K\r\x1b[Kdone\nagain\n");
}

TEST(Console, ChangesTheStatusLineAtMostFourTimesInAnySecond) {
  Transcript transcript(/*terminal=*/true);
  std::vector<double> changes;
  for (int step = 0; step < 300; ++step) {
    transcript.seconds = 0.01 * step;
    const std::size_t before = transcript.err.size();
    transcript.console.status("working");
    if (step % 23 == 5) transcript.console.note("a permanent line");
    if (transcript.err.find('\r', before) != std::string::npos) changes.push_back(transcript.seconds);
  }
  for (std::size_t i = 4; i < changes.size(); ++i) EXPECT_GE(changes[i] - changes[i - 4], 1.0);
  EXPECT_GT(changes.size(), 5u);
}

TEST(Console, DrawsNoStatusLineOffATerminal) {
  Transcript transcript(/*terminal=*/false);
  transcript.console.status("working");
  transcript.console.answer("42\n");
  EXPECT_EQ(transcript.err, "");
  EXPECT_EQ(transcript.out, "42\n");
}

TEST(Console, SaysNothingButTheAnswerWhenQuiet) {
  Transcript transcript(/*terminal=*/true);
  ConsoleOptions options;
  options.quiet = true;
  transcript.console.configure(options);
  transcript.console.status("working");
  transcript.console.note("done");
  EXPECT_EQ(transcript.err, "");
}

TEST(WrapLabelled, IndentsAndGivesLongWordsALineOfTheirOwn) {
  EXPECT_EQ(wrap_labelled("report", "a b c", 12, 9), "report   a b\n         c\n");
  EXPECT_EQ(wrap_labelled("report", "studies/x/report", 20, 9), "report\n  studies/x/report\n");
}

TEST(RenderTable, CutsColumnsThatDoNotFit) {
  const TextTable table{{{"trial", "state", "message"}, {"7", "failed", "a long story"}}, {true}};
  EXPECT_EQ(render_table(table, 80), "trial  state   message\n    7  failed  a long story\n");
  EXPECT_EQ(render_table(table, 21), "trial  state   messa…\n    7  failed  a lon…\n");
  EXPECT_EQ(render_table(table, 14), "trial  state\n    7  failed\n");
}

TEST(LastLines, CountsFromTheEnd) {
  EXPECT_EQ(last_lines("a\nb\nc\n", 2), "b\nc\n");
  EXPECT_EQ(last_lines("a\nb\nc", 2), "b\nc");
  EXPECT_EQ(last_lines("a\nb\n", 5), "a\nb\n");
  EXPECT_EQ(last_lines("", 5), "");
}

TEST(FormatTime, IsRfc3339InUtc) { EXPECT_EQ(format_time_utc(1769860800000000), "2026-01-31T12:00:00Z"); }

TEST(TomlValue, TellsFloatsFromIntegers) {
  EXPECT_EQ(to_toml_value(ParamValue(2.0)), "2.0");
  EXPECT_EQ(to_toml_value(ParamValue(std::int64_t{2})), "2");
  EXPECT_EQ(to_toml_value(ParamValue(std::string("a\"b"))), "\"a\\\"b\"");
}

}  // namespace
}  // namespace hone
