#include "cli/program.h"

#include <gtest/gtest.h>

#include "core/files.h"
#include "core/text.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

struct ExitRow {
  std::vector<std::string> arguments;
  ExitCode code;
};

TEST(Program, ExitsAsTheTableSays) {
  const TemporaryFolder folder;
  write_study(folder.path() / "studies/sample", make_study_sample());
  const ExitRow rows[] = {
      {{"--help"}, ExitCode::ok},
      {{"-v", "--help"}, ExitCode::ok},
      {{"--version"}, ExitCode::ok},
      {{"run", "--help"}, ExitCode::ok},
      {{"status"}, ExitCode::ok},
      {{"ls", "studies/sample"}, ExitCode::ok},
      {{"ls", "--where", "val_accuracy > 0.5", "--top", "2"}, ExitCode::ok},
      {{"show", "3"}, ExitCode::ok},
      {{"best", "--params"}, ExitCode::ok},
      {{"explain", "tpe"}, ExitCode::ok},
      {{}, ExitCode::usage},
      {{"stauts"}, ExitCode::usage},
      {{"ls", "--topp"}, ExitCode::usage},
      {{"ls", "--top", "many"}, ExitCode::usage},
      {{"ls", "--where", "val_accuracy >"}, ExitCode::usage},
      {{"show"}, ExitCode::usage},
      {{"show", "4"}, ExitCode::usage},
      {{"show", "seven"}, ExitCode::usage},
      {{"status", "nowhere"}, ExitCode::usage},
      {{"run", "nothing.toml"}, ExitCode::usage},
      {{"predict", "nowhere", "x.csv"}, ExitCode::usage},
      {{"--color", "sometimes", "status"}, ExitCode::usage},
  };
  for (const ExitRow& row : rows) {
    EXPECT_EQ(run_in(folder.path(), row.arguments).code, row.code) << join(row.arguments, " ");
  }
}

TEST(Program, ListsEveryVerbInItsHelp) {
  const TemporaryFolder folder;
  const ProgramRun run = run_in(folder.path(), {"--help"});
  for (const char* verb :
       {"check", "explain", "run", "ask-tell", "status", "ls", "show", "logs", "best", "report", "verify", "predict"}) {
    EXPECT_NE(run.out.find(std::string("\n  ") + verb), std::string::npos) << verb;
  }
  EXPECT_EQ(run.err, "");
}

TEST(Program, ProposesTheVerbThatWasMeant) {
  const TemporaryFolder folder;
  EXPECT_EQ(run_in(folder.path(), {"stauts"}).err,
            "error[usage::unknown-verb]: unknown verb `stauts`\n  did you mean `status`?\nhelp: hone --help\n");
}

TEST(Program, ProposesTheOptionThatWasMeant) {
  const TemporaryFolder folder;
  EXPECT_EQ(run_in(folder.path(), {"ls", "--topp", "3"}).err,
            "error[usage::unknown-option]: unknown option `--topp`\n  did you mean `--top`?\nhelp: hone ls --help\n");
}

TEST(Program, LeavesThePositionalToTheVerbAfterARepeatedOption) {
  const TemporaryFolder folder;
  const ProgramRun run = run_in(folder.path(), {"check", "--set", "budget.trials=3", "nothing.toml"});
  EXPECT_NE(run.err.find("nothing.toml"), std::string::npos) << run.err;
}

TEST(Program, NamesTheStudiesThereAreWhenSeveralAreMeant) {
  const TemporaryFolder folder;
  write_study(folder.path() / "studies/a", make_study_sample());
  write_study(folder.path() / "studies/b", make_study_sample());
  EXPECT_EQ(run_in(folder.path(), {"status"}).err,
            "error[study::not-found]: several studies are here; say which one\nnote: studies here: studies/a, "
            "studies/b\n");
}

}  // namespace
}  // namespace hone
