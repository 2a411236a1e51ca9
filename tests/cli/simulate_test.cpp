#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/study_sample.h"

namespace hone {
namespace {

constexpr const char* kSpace = R"toml(
objective = {metric = "loss", goal = "minimize"}
[space]
lr = {type = "float", low = 0.001, high = 1.0, log = true}
depth = {type = "int", low = 1, high = 8}
)toml";
constexpr const char* kFidelity = "[fidelity]\nmin = 1\nmax = 9\n";

class Simulate : public testing::Test {
 protected:
  Simulate() {
    std::string table = "trial,step,state,seconds,param.lr,param.depth,loss\n";
    for (int trial = 0; trial < 24; ++trial) {
      const double lr = 0.002 * (trial + 1);
      for (int step = 1; step <= 9; ++step) {
        table += line_of(trial, step, lr, 1 + trial % 8, (lr - 0.02) * (lr - 0.02) * 100 + 1.0 / step);
      }
    }
    write_file(folder_.path() / "runs.csv", table);
    write_file(folder_.path() / "curves.toml", std::string(kSpace) + kFidelity);
    write_file(folder_.path() / "whole.toml", kSpace);
  }
  static std::string line_of(int trial, int step, double lr, int depth, double loss) {
    return std::to_string(trial) + "," + std::to_string(step) + ",completed,18," + std::to_string(lr) + "," +
           std::to_string(depth) + "," + std::to_string(loss) + "\n";
  }
  ProgramRun run(const std::vector<std::string>& arguments) const {
    std::vector<std::string> all = {"simulate"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run_in(folder_.path(), all);
  }

  TemporaryFolder folder_;
};

TEST_F(Simulate, ComparesAllCombinationsAndSaysWhatThePoolIs) {
  const ProgramRun found = run({"runs.csv", "--spec", "curves.toml", "--scheduler", "asha,none", "--sampler", "random",
                                "--slots", "1,4", "--repeats", "3"});
  EXPECT_EQ(found.code, ExitCode::ok) << found.err;
  EXPECT_NE(found.out.find("24 recorded configurations; each ask takes the nearest unused one"), std::string::npos);
  EXPECT_NE(found.out.find("replayed in the recorded seconds"), std::string::npos);
  EXPECT_NE(found.out.find("\nasha       random       4  "), std::string::npos) << found.out;
  EXPECT_NE(found.err.find("none random with 4 slots: 3 searches simulated"), std::string::npos) << found.err;
}

TEST_F(Simulate, WritesOneJsonDocumentThatIsTheSameEachTime) {
  const std::vector<std::string> arguments = {"runs.csv",  "--spec", "curves.toml", "--sampler", "tpe",
                                              "--repeats", "3",      "--json",      "--trials",  "6"};
  const ProgramRun found = run(arguments);
  EXPECT_EQ(found.out, run(arguments).out);
  const auto document = nlohmann::json::parse(found.out);
  EXPECT_EQ(document.at("kind"), "simulation");
  EXPECT_EQ(document.at("asks"), "pool");
  EXPECT_DOUBLE_EQ(document.at("slot_hours"), 6 * 18 / 3600.0);
  ASSERT_EQ(document.at("items").size(), 3u);
  EXPECT_EQ(document.at("items")[0].at("share"), 0.25);
  EXPECT_GE(document.at("items")[0].at("regret").at("mean"), document.at("items")[2].at("regret").at("mean"));
}

TEST_F(Simulate, TakesAStudyAsItIs) {
  write_study(folder_.path() / "studies/sample", make_large_sample(40));
  const ProgramRun found = run({"studies/sample", "--sampler", "random", "--repeats", "3"});
  EXPECT_EQ(found.code, ExitCode::ok) << found.err;
  EXPECT_NE(found.out.find("best val_accuracy seen"), std::string::npos) << found.out;
}

TEST_F(Simulate, ProposesTheNearestKind) {
  const ProgramRun found = run({"runs.csv", "--spec", "curves.toml", "--sampler", "tpa"});
  EXPECT_EQ(found.code, ExitCode::usage);
  EXPECT_NE(found.err.find("--sampler must be some of auto"), std::string::npos) << found.err;
  EXPECT_NE(found.err.find("did you mean `tpe`"), std::string::npos) << found.err;
}

TEST_F(Simulate, RefusesRungsWithoutFidelityBeforeItSearches) {
  const ProgramRun found = run({"runs.csv", "--spec", "whole.toml", "--scheduler", "none,asha"});
  EXPECT_EQ(found.code, ExitCode::usage);
  EXPECT_NE(found.err.find("study::cannot-simulate"), std::string::npos) << found.err;
  EXPECT_EQ(found.err.find("simulated"), std::string::npos) << found.err;
}

TEST_F(Simulate, RefusesATableWithoutASpace) {
  const ProgramRun found = run({"runs.csv"});
  EXPECT_EQ(found.code, ExitCode::usage);
  EXPECT_NE(found.err.find("add --spec SPEC"), std::string::npos) << found.err;
}

TEST_F(Simulate, SaysWhenNothingCanBeReplayed) {
  write_file(folder_.path() / "runs.csv", "trial,step,state,param.lr,param.depth,other\n0,1,completed,0.1,2,3\n");
  const ProgramRun found = run({"runs.csv", "--spec", "curves.toml"});
  EXPECT_EQ(found.code, ExitCode::usage);
  EXPECT_NE(found.err.find("study::no-curves"), std::string::npos) << found.err;
}

}  // namespace
}  // namespace hone
