#include <gtest/gtest.h>

#include "core/files.h"
#include "core/text.h"
#include "search/store/store.h"
#include "search/study_state.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

/// A folder with a script that knows nothing of hone.
class RunningACommand : public testing::Test {
 protected:
  RunningACommand() { write_file(folder_.path() / "train.sh", "echo loss=$2 >&2\necho \"@hone {\\\"loss\\\":$2}\"\n"); }
  ProgramRun run(std::vector<std::string> flags, const std::vector<std::string>& command) const {
    flags.insert(flags.begin(), "run");
    flags.push_back("--");
    flags.insert(flags.end(), command.begin(), command.end());
    return run_in(folder_.path(), flags);
  }

  const std::vector<std::string> command_ = {"sh", "train.sh", "--x", "{x: 0..1.0}"};
  TemporaryFolder folder_;
};

TEST_F(RunningACommand, NeedsNoFileAndSaysFirstWhatIsSearched) {
  const ProgramRun result = run({"--minimize", "loss", "--trials", "3", "--slots", "1"}, command_);
  EXPECT_EQ(result.code, ExitCode::ok) << result.err;
  EXPECT_EQ(result.err.substr(0, result.err.find('\n')), "searching x 0..1 with 1 slot in studies/sh-train");
  const StudyState state = fold(open_store_to_read(folder_.path() / "studies/sh-train")->load());
  EXPECT_EQ(state.trials.size(), 3u);
  EXPECT_EQ(state.trials[0].state, TrialState::completed);
}

TEST_F(RunningACommand, IsTheSameStudyByFlagsAndByItsSavedSpec) {
  run({"--minimize", "loss", "--trials", "2", "--save", "mine.toml"}, command_);
  for (const ProgramRun& again :
       {run({"--minimize", "loss", "--trials", "2"}, command_), run_in(folder_.path(), {"run", "mine.toml"}),
        run_in(folder_.path(), {"run", "studies/sh-train/spec.toml"})}) {
    EXPECT_EQ(again.code, ExitCode::ok) << again.err;
    EXPECT_EQ(again.out.substr(0, again.out.find('\n')), "nothing ran: sh-train is finished (2 trials)");
  }
}

TEST_F(RunningACommand, IsNamedByNewAndSetByFlags) {
  const ProgramRun result =
      run({"--maximize", "loss", "--trials", "9", "--new", "other", "--set", "budget.trials=1"}, command_);
  EXPECT_EQ(result.code, ExitCode::ok) << result.err;
  EXPECT_TRUE(fs::exists(folder_.path() / "studies/other/study.db"));
}

TEST_F(RunningACommand, ShowsMistakesInTheCommandLine) {
  const ProgramRun result = run({"--minimize", "loss", "--trials", "3"}, {"sh", "train.sh", "{x: 0..1 lgo}"});
  EXPECT_EQ(result.code, ExitCode::usage);
  EXPECT_EQ(result.err,
            "error[spec::bad-placeholder]: `{x: 0..1 lgo}` declares no parameter: `lgo` is none of int, log, step=N "
            "and = DEFAULT\n"
            "  --> command line:5:31\n"
            "5 | command = [\"sh\", \"train.sh\", \"{x: 0..1 lgo}\"]\n"
            "  |                               ^^^^^^^^^^^^^ write `{{x: 0..1 lgo}` for the text itself\n"
            "help: hone explain spec::bad-placeholder\n");
  EXPECT_FALSE(fs::exists(folder_.path() / "studies"));
}

TEST_F(RunningACommand, WantsToKnowWhatIsJudgedAndWhatMayBeSpent) {
  EXPECT_NE(run({"--trials", "3"}, command_).err.find("write --minimize METRIC or --maximize METRIC"),
            std::string::npos);
  EXPECT_NE(run({"--minimize", "loss"}, command_).err.find("write --trials N"), std::string::npos);
  EXPECT_EQ(run_in(folder_.path(), {"run"}).code, ExitCode::usage);
  EXPECT_EQ(run({"x.toml"}, command_).code, ExitCode::usage);
}

TEST_F(RunningACommand, CanBeCheckedFirst) {
  const ProgramRun result = run_in(
      folder_.path(), {"check", "--minimize", "loss", "--trials", "3", "--", "sh", "train.sh", "--x", "{x: 0..1.0}"});
  EXPECT_EQ(result.code, ExitCode::ok) << result.err;
  EXPECT_EQ(result.out.substr(0, result.out.find('\n')), "spec      command line: no mistakes");
}

}  // namespace
}  // namespace hone
