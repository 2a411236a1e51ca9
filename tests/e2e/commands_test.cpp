#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/files.h"
#include "search/store/store.h"
#include "search/study_state.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

fs::path example(const std::string& name) { return fs::path(HONE_SOURCE_DIR "/configs/examples") / name; }

/// hone first in PATH, as scripts expect it.
std::map<std::string, std::string> with_hone() {
  return {{"PATH", fs::path(hone_program()).parent_path().string() + ":" + std::getenv("PATH")}};
}

void expect_search(const std::vector<std::string>& command, const fs::path& folder) {
  std::vector<std::string> words = {hone_program(), "run", "--minimize", "loss", "--trials", "5", "--new", "s", "--"};
  words.insert(words.end(), command.begin(), command.end());
  const ProgramResult result = run_program(words, folder, with_hone());
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const StudyState state = fold(open_store_to_read(folder / "studies/s")->load());
  ASSERT_EQ(state.trials.size(), 5u);
  for (const Trial& trial : state.trials) EXPECT_EQ(trial.state, TrialState::completed) << trial.message;
}

TEST(Commands, AShellScriptIsSearchedUnchanged) {
  const TemporaryFolder folder;
  expect_search({"sh", example("commands/rosenbrock.sh").string(), "{x: -2.0..2}", "{y: -1.0..3}"}, folder.path());
}

TEST(Commands, APythonScriptIsSearchedUnchanged) {
  const TemporaryFolder folder;
  expect_search({"python3", example("commands/rosenbrock.py").string(), "--x", "{x: -2.0..2}", "--y={y: -1.0..3}"},
                folder.path());
}

TEST(Commands, ACppProgramReportsByDescriptor) {
  const TemporaryFolder folder;
  expect_search({HONE_BINARY_DIR "/bin/example_rosenbrock", "{x: -2.0..2}", "{y: -1.0..3}"}, folder.path());
}

TEST(Commands, AShellTrialEmitsItsReports) {
  const TemporaryFolder folder;
  expect_search({"sh", "-c", "hone emit loss=9 step=1 && hone emit loss=$0 step=2", "{x: -2.0..2}"}, folder.path());
  const StudyState state = fold(open_store_to_read(folder.path() / "studies/s")->load());
  EXPECT_EQ(state.trials[0].curve.size(), 2u);
  const ProgramResult outside = run_program({hone_program(), "emit", "loss=1"}, folder.path());
  EXPECT_EQ(outside.exit_code, 2);
  EXPECT_NE(outside.err.find("HONE_REPORT is not set"), std::string::npos) << outside.err;
}

/// The nightly example in a folder of its own.
class Nightly : public testing::Test {
 protected:
  Nightly() { fs::copy(example("nightly"), folder_.path(), fs::copy_options::recursive); }

  ProgramResult night(const std::string& if_finished = "new") const {
    std::map<std::string, std::string> environment = with_hone();
    environment["IF_FINISHED"] = if_finished;
    return run_program({"./nightly.sh"}, folder_.path(), environment);
  }
  void change_script(const std::string& from, const std::string& to) const {
    std::string text = read_file(folder_.path() / "train.py");
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos);
    write_file(folder_.path() / "train.py", text.replace(at, from.size(), to), Durability::renamed);
  }
  nlohmann::json result() const { return nlohmann::json::parse(read_file(folder_.path() / "result.json")); }

  TemporaryFolder folder_;
};

TEST_F(Nightly, ThreeNightsTrainOrAreRed) {
  EXPECT_EQ(night().exit_code, 0);
  EXPECT_EQ(result()["study"]["name"], "nightly");
  // Night 2: the same spec, another script.
  change_script("c, 1)", "c, 0.9)");
  const ProgramResult second = night();
  EXPECT_EQ(second.exit_code, 0) << second.err;
  EXPECT_EQ(result()["study"]["name"], "nightly-2");
  EXPECT_EQ(result()["nothing_ran"], false);
  EXPECT_EQ(result()["study"]["states"]["completed"], 6);
  // Night 3: a script that got worse.
  change_script("label - probability", "probability(weights, y, x) - probability");
  EXPECT_EQ(night().exit_code, 6);
  EXPECT_EQ(result()["study"]["name"], "nightly-3");
}

TEST_F(Nightly, ChangedCodeOfAFinishedStudyIsNotShownAsGreen) {
  EXPECT_EQ(night("show").exit_code, 0);
  const ProgramResult same = night("show");
  EXPECT_EQ(same.exit_code, 0);
  EXPECT_EQ(result()["nothing_ran"], true);
  EXPECT_EQ(night("fail").exit_code, 1);
  change_script("c, 1)", "c, 0.9)");
  const ProgramResult changed = night("show");
  EXPECT_EQ(changed.exit_code, 1);
  EXPECT_NE(changed.err.find("nothing ran: nightly is finished, and since then changed: train.py"), std::string::npos)
      << changed.err;
  EXPECT_EQ(night("extend").exit_code, 0);
  EXPECT_EQ(result()["study"]["states"]["completed"], 12);
  const ProgramResult marked =
      run_program({hone_program(), "ls", "nightly.toml", "--plain", "--columns", "trial,code"}, folder_.path());
  const std::string first = marked.out.substr(marked.out.find("\n0\t") + 3, 12);
  const std::string last = marked.out.substr(marked.out.find("\n11\t") + 4, 12);
  EXPECT_NE(first, last) << marked.out;
}

}  // namespace
}  // namespace hone
