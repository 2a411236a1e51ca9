#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/files.h"
#include "core/text.h"
#include "search/store/store.h"
#include "search/study_state.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

constexpr const char* kSpec = R"toml(objective = {metric = "loss", goal = "minimize"}
budget = {trials = 4}
space.x = {type = "float", low = 0.0, high = 1.0}
sampler = {kind = "random"}
resources = {slots = 1}

[trainer]
kind = "command"
command = ["sh", "-c", "echo loss={x}"]
metrics = {from = "stdout", regex = '(?P<metric>loss)=(?P<value>\S+)'}
)toml";

/// A folder with a spec whose trainer is one line of shell.
class Running : public testing::Test {
 protected:
  Running() { write_spec(kSpec); }
  void write_spec(const std::string& text) { write_file(folder_.path() / "x.toml", text, Durability::renamed); }
  ProgramRun run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "run");
    return run_in(folder_.path(), arguments);
  }

  TemporaryFolder folder_;
};

TEST_F(Running, EndsWithWhatWasFoundAndWhatToTypeNext) {
  const ProgramRun result = run({"x.toml"});
  EXPECT_EQ(result.code, ExitCode::ok) << result.err;
  const std::vector<std::string> lines = split(result.out, '\n');
  ASSERT_EQ(lines.size(), 6u) << result.out;
  EXPECT_EQ(lines[0].substr(0, 34), "search       4 trials: 4 completed");
  EXPECT_EQ(lines[1].substr(0, 13), "best trial   ");
  EXPECT_EQ(lines[3], "report       studies/x/report/index.html");
  EXPECT_EQ(lines[4].substr(0, 23), "next         hone show ");
  EXPECT_EQ(result.err.find('\r'), std::string::npos);
}

TEST_F(Running, SaysInItsFirstLineThatNothingRan) {
  run({"x.toml"});
  const ProgramRun again = run({"x.toml"});
  EXPECT_EQ(again.code, ExitCode::ok);
  EXPECT_EQ(again.out.substr(0, again.out.find('\n')), "nothing ran: x is finished (4 trials)");
  EXPECT_EQ(again.err, "");
}

TEST_F(Running, GoesOnWithALargerBudgetAndSaysSo) {
  run({"x.toml"});
  const ProgramRun more = run({"x.toml", "--trials", "6"});
  EXPECT_EQ(more.err.substr(0, more.err.find('\n')), "changed since it began: budget.trials 4 -> 6");
  EXPECT_EQ(more.out.substr(0, 34), "search       6 trials: 6 completed");
}

TEST_F(Running, RefusesAnotherSearchUnderTheSameName) {
  run({"x.toml"});
  std::string changed = kSpec;
  changed.replace(changed.find("high = 1.0"), 10, "high = 2.0");
  write_spec(changed);
  const ProgramRun refused = run({"x.toml"});
  EXPECT_EQ(refused.code, ExitCode::usage);
  EXPECT_EQ(refused.err,
            "error[study::changed-spec]: `space.x.high` is 2.0 now, but the study began with 1.0\n"
            "  --> x.toml:3:46\n"
            "3 | space.x = {type = \"float\", low = 0.0, high = 2.0}\n"
            "  |                                              ^^^\n"
            "help: --new NAME starts another study, --fresh moves the old one aside and starts again\n");
  EXPECT_EQ(run({"x.toml", "--new", "y"}).code, ExitCode::ok);
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "studies/y/study.db"));
  EXPECT_EQ(run({"x.toml", "--fresh"}).code, ExitCode::ok);
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "studies/.old/x-1/study.db"));
}

TEST_F(Running, IsBusyWhileAnotherProcessWorksOnTheStudy) {
  run({"x.toml"});
  const StudyLock lock(folder_.path() / "studies/x");
  EXPECT_EQ(run({"x.toml"}).code, ExitCode::busy);
  EXPECT_EQ(run_in(folder_.path(), {"ls"}).code, ExitCode::ok);
}

TEST_F(Running, AnswersNoWhenNoTrialHasAScore) {
  std::string failing = kSpec;
  failing.replace(failing.find("echo loss={x}"), 13, "exit 65 # {x}");
  write_spec(failing);
  EXPECT_EQ(run({"x.toml", "--trials", "2"}).code, ExitCode::answer_no);
}

TEST_F(Running, BeginsNothingWhenTheProgramIsMissing) {
  std::string missing = kSpec;
  missing.replace(missing.find("\"sh\""), 4, "\"no-such-program\"");
  write_spec(missing);
  for (const char* verb : {"run", "check"}) {
    const ProgramRun result = run_in(folder_.path(), {verb, "x.toml"});
    EXPECT_EQ(result.code, ExitCode::missing_part);
    EXPECT_EQ(result.err,
              "error[process::cannot-start]: cannot start `no-such-program`: there is no such program in PATH\n"
              "  --> x.toml:9:12\n"
              "9 | command = [\"no-such-program\", \"-c\", \"echo loss={x}\"]\n"
              "  |            ^^^^^^^^^^^^^^^^^\n"
              "note: without a slash it is looked for in PATH, with one relative to the spec's folder\n");
  }
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "studies"));
}

// The first line of a script names an interpreter that is not there: known only when it is started.
TEST_F(Running, AProgramThatCannotStartBurnsNoTrials) {
  const std::filesystem::path script = folder_.path() / "train.sh";
  write_file(script, "#!/no/such/interpreter\n");
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  std::string broken = kSpec;
  broken.replace(broken.find("\"sh\""), 4, "\"./train.sh\"");
  write_spec(broken);
  const ProgramRun result = run({"x.toml"});
  EXPECT_EQ(result.code, ExitCode::missing_part);
  EXPECT_NE(result.err.find("the interpreter in its first line is missing"), std::string::npos) << result.err;
  EXPECT_EQ(fold(open_store_to_read(folder_.path() / "studies/x")->load()).trials.size(), 1u);
}

TEST_F(Running, WritesEveryEventAsALine) {
  const ProgramRun result = run({"x.toml", "--events"});
  std::int64_t seq = 0;
  for (const std::string& line : split(result.out, '\n')) {
    if (line.empty()) continue;
    const auto event = nlohmann::json::parse(line);
    EXPECT_EQ(event["v"], 1);
    EXPECT_EQ(event["seq"], ++seq);
  }
  EXPECT_GE(seq, 4 * 4 + 2);
  EXPECT_NE(result.err.find("best trial"), std::string::npos) << "the last words go to stderr then";
}

TEST_F(Running, AnswersWithOneJsonDocument) {
  const auto document = nlohmann::json::parse(run({"x.toml", "--json", "-q"}).out);
  EXPECT_EQ(document["kind"], "run");
  EXPECT_EQ(document["nothing_ran"], false);
  EXPECT_EQ(document["study"]["states"]["completed"], 4);
  EXPECT_EQ(document["items"].size(), 1u);
}

TEST_F(Running, DrawsNoLineWiderThanTheTerminal) {
  for (const int columns : {40, 80, 200}) {
    const ProgramRun result = run_on_terminal(folder_.path(), columns, {"run", "x.toml", "--fresh"});
    std::string text = result.err + result.out;
    for (std::size_t at = text.find("\x1b[K"); at != std::string::npos; at = text.find("\x1b[K")) text.erase(at, 3);
    for (std::string& line : split(text, '\n')) {
      for (const std::string& part : split(line, '\r')) EXPECT_LE(display_width(part), columns) << part;
    }
  }
}

}  // namespace
}  // namespace hone
