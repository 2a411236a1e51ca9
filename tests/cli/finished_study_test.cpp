#include "cli/finished_study.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/deadline.h"
#include "core/files.h"
#include "search/store/store.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

/// A script and a spec of two trials, which can change between two runs.
class FinishedStudy : public testing::Test {
 protected:
  FinishedStudy() {
    write_script("echo loss=$1");
    write_file(folder_.path() / "n.toml",
               "objective = {metric = \"loss\", goal = \"minimize\"}\nbudget = {trials = 2}\nresources = {slots = 1}\n"
               "trainer = {kind = \"command\", command = [\"sh\", \"t.sh\", \"{x: 0..1.0}\"]}\n");
  }
  void write_script(const std::string& text) const {
    write_file(folder_.path() / "t.sh", text + "\n", Durability::renamed);
  }
  ProgramRun run(std::vector<std::string> flags = {}) const {
    flags.insert(flags.begin(), {"run", "n.toml"});
    return run_in(folder_.path(), flags);
  }
  StudyState state(const std::string& name) const {
    return fold(open_store_to_read(folder_.path() / "studies" / name)->load());
  }

  TemporaryFolder folder_;
};

TEST_F(FinishedStudy, IsShownWhileItsCodeIsTheSame) {
  EXPECT_EQ(run().code, ExitCode::ok);
  const ProgramRun again = run();
  EXPECT_EQ(again.code, ExitCode::ok);
  EXPECT_EQ(again.out.substr(0, again.out.find('\n')), "nothing ran: n is finished (2 trials)");
}

TEST_F(FinishedStudy, IsRedWhenItsCodeChanged) {
  run();
  write_script("echo loss=2");
  const ProgramRun changed = run();
  EXPECT_EQ(changed.code, ExitCode::answer_no);
  EXPECT_EQ(changed.out, "");
  EXPECT_EQ(changed.err.find("error[study::changed-code]: nothing ran: n is finished, and since then changed: t.sh ("),
            0u)
      << changed.err;
  EXPECT_NE(changed.err.find("--if-finished new starts another study"), std::string::npos);
  // Nothing that is spent less or shown otherwise makes it green.
  EXPECT_EQ(run({"--set", "report.title='x'"}).code, ExitCode::answer_no);
  EXPECT_EQ(run({"--trials", "1"}).code, ExitCode::answer_no);
  EXPECT_EQ(run().code, ExitCode::answer_no);
  EXPECT_EQ(run({"--trials", "3"}).code, ExitCode::ok);
  EXPECT_EQ(state("n").trials.size(), 3u);
  EXPECT_NE(state("n").trials[0].code, state("n").trials[2].code);
}

TEST_F(FinishedStudy, IsFollowedByANewOne) {
  run();
  for (int number = 2; number <= 3; ++number) {
    EXPECT_EQ(run({"--if-finished", "new"}).code, ExitCode::ok);
    EXPECT_EQ(state("n-" + std::to_string(number)).trials.size(), 2u);
  }
  // Judged is the newest; other verbs look at it too.
  const ProgramRun shown = run();
  EXPECT_EQ(shown.out.substr(0, shown.out.find('\n')), "nothing ran: n-3 is finished (2 trials)");
  EXPECT_NE(run_in(folder_.path(), {"status", "n.toml"}).out.find("n-3"), std::string::npos);
  EXPECT_EQ(state("n").trials.size(), 2u);
}

TEST_F(FinishedStudy, GetsItsBudgetAgain) {
  run();
  EXPECT_EQ(run({"--if-finished", "extend"}).code, ExitCode::ok);
  EXPECT_EQ(state("n").trials.size(), 4u);
  EXPECT_EQ(run().code, ExitCode::ok);
  EXPECT_EQ(run({"--if-finished", "extend"}).code, ExitCode::ok);
  EXPECT_EQ(state("n").trials.size(), 6u);
  EXPECT_NE(run_in(folder_.path(), {"status", "studies/n"}).out.find("6 of 6 trials"), std::string::npos);
}

TEST_F(FinishedStudy, FailsWhereThatWasAskedFor) {
  run();
  EXPECT_EQ(run({"--if-finished", "fail"}).code, ExitCode::answer_no);
  EXPECT_EQ(run({"--if-finished", "perhaps"}).code, ExitCode::usage);
}

TEST_F(FinishedStudy, AnUnfinishedOneGoesOnAndMarksItsTrials) {
  // The deadline ends the first night; its trials wait for the next.
  EXPECT_EQ(run({"--deadline", "1ms"}).code, ExitCode::answer_no);
  write_script("echo loss=0.5");
  run({"--trials", "3", "--deadline", "1ms"});
  EXPECT_FALSE(state("n").closed);
  EXPECT_EQ(run().code, ExitCode::ok);
  const ProgramRun marked = run_in(folder_.path(), {"ls", "--plain", "--where", "code != ''"});
  EXPECT_EQ(std::count(marked.out.begin(), marked.out.end(), '\n'), 3);
}

TEST_F(FinishedStudy, RequirementsDecideTheExitCode) {
  EXPECT_EQ(run({"--require", "loss < 0"}).code, ExitCode::budget_unmet);
  const ProgramRun unmet = run({"--require", "loss < 0", "--require", "acc > 1", "--json"});
  EXPECT_EQ(unmet.code, ExitCode::budget_unmet);
  EXPECT_EQ(nlohmann::json::parse(unmet.out)["unmet"].size(), 2u);
  EXPECT_NE(unmet.err.find("required, but not met: acc > 1 (the best trial has no `acc`)"), std::string::npos)
      << unmet.err;
  EXPECT_EQ(run({"--require", "loss >= 0 and loss <= 1"}).code, ExitCode::ok);
  EXPECT_EQ(run({"--require", "loss"}).code, ExitCode::usage);
}

TEST_F(FinishedStudy, TellsTheUserOnce) {
  const std::vector<std::string> tell = {"--set", "study.on_finish=['sh', '-c', 'cat >> told']"};
  EXPECT_EQ(run(tell).code, ExitCode::ok);
  EXPECT_EQ(run(tell).code, ExitCode::ok);
  const auto told = nlohmann::json::parse(read_file(folder_.path() / "told"));
  EXPECT_EQ(told["study"]["name"], "n");
  const ProgramRun broken =
      run({"--new", "m", "--set", "study.on_finish=['sh', '-c', 'cat > rest; echo no mail >&2; exit 3']"});
  EXPECT_EQ(broken.code, ExitCode::ok);
  EXPECT_NE(broken.err.find("warning[study::on-finish]: `sh` ended with 3: no mail"), std::string::npos) << broken.err;
}

TEST_F(FinishedStudy, CanBeTriedBefore) {
  const ProgramRun tried = run_in(folder_.path(), {"check", "n.toml", "--try"});
  EXPECT_EQ(tried.code, ExitCode::ok) << tried.err;
  EXPECT_NE(tried.out.find("metrics: `loss` from name=value on stdout"), std::string::npos) << tried.out;
  EXPECT_FALSE(fs::exists(folder_.path() / "studies"));
  write_script("echo accuracy=1");
  const ProgramRun silent = run_in(folder_.path(), {"check", "n.toml", "--try"});
  EXPECT_EQ(silent.code, ExitCode::answer_no);
  EXPECT_NE(silent.err.find("error[trial::no-metric]: `loss` was not found in what trial 0 wrote"), std::string::npos)
      << silent.err;
}

TEST(Deadline, IsAMomentThatComes) {
  using Clock = std::chrono::system_clock;
  const Clock::time_point now = Clock::from_time_t(1'795'000'000);
  EXPECT_EQ(parse_deadline("2h", now) - now, std::chrono::hours(2));
  const auto day = parse_deadline("06:00", now) - now;
  EXPECT_GT(day, std::chrono::seconds(0));
  EXPECT_LE(day, std::chrono::hours(25));
  EXPECT_EQ(parse_deadline("2026-11-25T06:00:00Z", now), parse_deadline("2026-11-25T07:30:00+01:30", now));
  for (const char* wrong : {"", "soon", "25:00", "06:00x", "6", "2026-11-25", "1999-01-01T00:00:00Z"}) {
    EXPECT_THROW(parse_deadline(wrong, now), Error) << wrong;
  }
}

}  // namespace
}  // namespace hone
