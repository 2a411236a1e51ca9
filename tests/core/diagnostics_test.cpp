#include "core/diagnostics.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/files.h"

namespace hone {
namespace {

Place place(int line, int column, int end_line, int end_column) {
  Place place;
  place.file = "nightly.toml";
  place.line = line;
  place.column = column;
  place.end_line = end_line;
  place.end_column = end_column;
  return place;
}

Diagnostic unknown_key() {
  Diagnostic diagnostic;
  diagnostic.code = "spec::unknown-key";
  diagnostic.message = "unknown key `learning_rat` in [space]";
  diagnostic.place = place(2, 1, 2, 13);
  diagnostic.suggestion = "did you mean `learning_rate`?";
  diagnostic.notes = {"included from a.toml:3:11", "help: hone explain spec::unknown-key"};
  return diagnostic;
}

/// A source that is the same text for every file.
SourceText source(std::string text) {
  return [text = std::move(text)](const std::string&) { return std::optional(text); };
}

TEST(Diagnostics, RendersHeadPlaceLineCaretAndNotes) {
  EXPECT_EQ(render_diagnostic(unknown_key(), source("[space]\nlearning_rat = 3\n"), false),
            "error[spec::unknown-key]: unknown key `learning_rat` in [space]\n"
            "  --> nightly.toml:2:1\n"
            "2 | learning_rat = 3\n"
            "  | ^^^^^^^^^^^^ did you mean `learning_rate`?\n"
            "note: included from a.toml:3:11; help: hone explain spec::unknown-key\n");
}

TEST(Diagnostics, PutsTheCaretUnderTheTextBehindTabsAndWideCharacters) {
  Diagnostic diagnostic;
  diagnostic.message = "wrong";
  diagnostic.place = place(1, 6, 1, 8);
  EXPECT_EQ(render_diagnostic(diagnostic, source("\t日 = 語x"), false),
            "error: wrong\n"
            "  --> nightly.toml:1:6\n"
            "1 |     日 = 語x\n"
            "  |          ^^^\n");
}

TEST(Diagnostics, MarksTheFirstLineOfALongValueToItsEnd) {
  Diagnostic diagnostic;
  diagnostic.message = "wrong";
  diagnostic.place = place(1, 5, 3, 2);
  EXPECT_EQ(render_diagnostic(diagnostic, source("a = [1,\n2\n]"), false),
            "error: wrong\n"
            "  --> nightly.toml:1:5\n"
            "1 | a = [1,\n"
            "  |     ^^^\n");
}

TEST(Diagnostics, KeepsSuggestionsWithoutSource) {
  Diagnostic diagnostic = unknown_key();
  diagnostic.notes.clear();
  EXPECT_EQ(render_diagnostic(
                diagnostic, [](const std::string&) { return std::nullopt; }, false),
            "error[spec::unknown-key]: unknown key `learning_rat` in [space]\n"
            "  --> nightly.toml:2:1\n"
            "  did you mean `learning_rate`?\n");
}

TEST(Diagnostics, SurvivesPlacesOutsideOfTheText) {
  Diagnostic diagnostic;
  diagnostic.message = "wrong";
  diagnostic.place = place(1, 50, 1, 40);
  EXPECT_EQ(render_diagnostic(diagnostic, source("ab"), false),
            "error: wrong\n"
            "  --> nightly.toml:1:50\n"
            "1 | ab\n"
            "  |   ^\n");
  diagnostic.place.line = 9;
  EXPECT_EQ(render_diagnostic(diagnostic, source("ab"), false), "error: wrong\n  --> nightly.toml:9:50\n");
}

TEST(Diagnostics, ColoursOnlyWhenAsked) {
  const SourceText text = source("[space]\nlearning_rat = 3\n");
  EXPECT_EQ(render_diagnostic(unknown_key(), text, false).find('\x1b'), std::string::npos);
  EXPECT_EQ(render_diagnostic(unknown_key(), text, true),
            "\x1b[1;31merror[spec::unknown-key]\x1b[0m\x1b[1m: unknown key `learning_rat` in [space]\x1b[0m\n"
            "  \x1b[34m-->\x1b[0m nightly.toml:2:1\n"
            "\x1b[34m2 |\x1b[0m learning_rat = 3\n"
            "\x1b[34m  |\x1b[0m \x1b[1;31m^^^^^^^^^^^^ did you mean `learning_rate`?\x1b[0m\n"
            "note: included from a.toml:3:11; help: hone explain spec::unknown-key\n");
}

TEST(Diagnostics, RemovesControlsOfForeignText) {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::warning;
  diagnostic.message = "bad\x1b[2J\nname";
  EXPECT_EQ(render_diagnostic(diagnostic, nullptr, false), "warning: bad[2J name\n");
}

TEST(Diagnostics, ShowsTwentyAndCountsTheRest) {
  std::vector<Diagnostic> many(23);
  for (Diagnostic& one : many) one.message = "m";
  std::string expected;
  for (int i = 0; i < 20; ++i) expected += "error: m\n";
  EXPECT_EQ(render_diagnostics(many, DiagnosticFormat::text, nullptr, false), expected + "… and 3 more\n");
}

TEST(Diagnostics, WritesJsonThatReadsBack) {
  const std::vector<Diagnostic> one = {unknown_key()};
  const std::string text = render_diagnostics(one, DiagnosticFormat::json, nullptr, false);
  EXPECT_EQ(text,
            "{\"code\":\"spec::unknown-key\",\"column\":1,\"end_column\":13,\"end_line\":2,\"file\":\"nightly.toml\","
            "\"line\":2,\"message\":\"unknown key `learning_rat` in [space]\",\"notes\":[\"included from "
            "a.toml:3:11\",\"help: hone explain spec::unknown-key\"],\"severity\":\"error\",\"suggestion\":\"did you "
            "mean `learning_rate`?\"}\n");
  const Diagnostic back = diagnostic_from_json(nlohmann::json::parse(text));
  EXPECT_EQ(to_json_object(back), to_json_object(unknown_key()));
}

TEST(Diagnostics, RefusesJsonThatIsNone) {
  try {
    diagnostic_from_json(nlohmann::json{{"severity", "fatal"}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "protocol::bad-diagnostic: severity must be one of error, warning, note (is fatal)");
  }
  EXPECT_THROW(diagnostic_from_json(nlohmann::json::array()), Error);
}

TEST(Diagnostics, EscapesGithubCommands) {
  Diagnostic diagnostic = unknown_key();
  diagnostic.message = "100 %\nwrong: a, b";
  diagnostic.place.file = "a,b:c.toml";
  const std::vector<Diagnostic> one = {diagnostic};
  EXPECT_EQ(render_diagnostics(one, DiagnosticFormat::github, nullptr, false),
            "::error file=a%2Cb%3Ac.toml,line=2,col=1::100 %25%0Awrong: a, b; did you mean `learning_rate`? "
            "[spec::unknown-key]\n");
}

TEST(Diagnostics, ThrowsAllWhenOneIsAnError) {
  Diagnostics diagnostics;
  diagnostics.warning("a::b", "only a warning");
  EXPECT_NO_THROW(diagnostics.throw_if_errors());
  diagnostics.error("c::d", "an error");
  try {
    diagnostics.throw_if_errors();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostics().size(), 2u);
    EXPECT_EQ(error.exit_code(), ExitCode::usage);
  }
}

TEST(SourceFromDisk, AnswersNothingForBinaryFiles) {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.csv", "x,y\n1,z\n");
  write_file(folder.path() / "a.csv.gz", "\x1f\x8b\x08 whatever\n");
  write_file(folder.path() / "a.h5", std::string("line\n\0 line\n", 13));
  EXPECT_EQ(source_from_disk((folder.path() / "a.csv").string()), "x,y\n1,z\n");
  EXPECT_EQ(source_from_disk((folder.path() / "a.csv.gz").string()), std::nullopt);
  EXPECT_EQ(source_from_disk((folder.path() / "a.h5").string()), std::nullopt);
  EXPECT_EQ(source_from_disk((folder.path() / "missing.csv").string()), std::nullopt);
}

TEST(DidYouMean, FindsNearNamesNearestFirst) {
  const std::vector<std::string> names = {"learning_rate", "weight_decay", "width", "depth", "warmup"};
  EXPECT_EQ(did_you_mean("learning_rat", names), (std::vector<std::string>{"learning_rate"}));
  EXPECT_EQ(did_you_mean("widht", names), (std::vector<std::string>{"width"}));
  EXPECT_EQ(did_you_mean("optimizer", names), std::vector<std::string>{});
}

TEST(DidYouMean, AllowsAThirdOfTheLengthAndAtLeastOne) {
  const std::vector<std::string> names = {"abcdef"};
  EXPECT_EQ(did_you_mean("abcdxx", names).size(), 1u);
  EXPECT_EQ(did_you_mean("abcxxx", names).size(), 0u);
  EXPECT_EQ(did_you_mean("k", std::vector<std::string>{"ke"}).size(), 1u);
}

TEST(DidYouMean, CountsASwapOfNeighboursAsOne) {
  EXPECT_EQ(did_you_mean("lr", std::vector<std::string>{"rl"}).size(), 1u);
}

TEST(DidYouMean, NamesThreeAtMost) {
  const std::vector<std::string> names = {"aab", "aac", "aad", "aae"};
  EXPECT_EQ(suggestion_for("aaa", names), "did you mean `aab`, `aac` or `aad`?");
  EXPECT_EQ(suggestion_for("aab", std::vector<std::string>{"zzz"}), "");
}

}  // namespace
}  // namespace hone
