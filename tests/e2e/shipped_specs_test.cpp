#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/files.h"
#include "search/store/store.h"
#include "search/study.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

StudyState state_of(const fs::path& folder) { return fold(open_store_to_read(folder)->load()); }

std::int64_t count(const StudyState& state, TrialState wanted) {
  std::int64_t n = 0;
  for (const Trial& trial : state.trials) n += trial.state == wanted;
  return n;
}

TEST(ShippedSpecs, QuickstartSearchesCompressesAndReports) {
  const TemporaryFolder folder;
  const std::vector<std::string> run = {hone_program(),
                                        "run",
                                        shipped_spec("quickstart.toml"),
                                        "--set",
                                        "budget.trials=4",
                                        "--set",
                                        "fidelity.max=4",
                                        "--set",
                                        "compress.budget.finetune_epochs=2",
                                        "--set",
                                        "compress.limits=[\"accuracy_drop <= 50pt\", \"size <= 100%\"]"};
  const ProgramResult result = run_program(run, folder.path());
  ASSERT_EQ(result.exit_code, 0) << result.err << result.out;
  const fs::path study = folder.path() / "studies" / "quickstart";
  const StudyState state = state_of(study);
  EXPECT_EQ(state.trials.size(), 4u);
  EXPECT_GE(count(state, TrialState::completed), 1);
  EXPECT_TRUE(state.closed);
  for (const char* file : {"best/model.toml", "best/weights.h5", "best/card.json", "compressed/model.toml",
                           "compressed/weights.h5", "report/index.html", "report/report.md", "report/report.json"}) {
    EXPECT_TRUE(fs::exists(study / file)) << file;
  }
  EXPECT_LT(fs::file_size(study / "compressed/weights.h5"), fs::file_size(study / "best/weights.h5"));

  // The winner's value is that of the model it left.
  const nlohmann::json card = nlohmann::json::parse(read_file(study / "best/card.json"));
  const Trial& winner = state.trials.at(card.at("trial").get<std::size_t>());
  ObjectiveSpec objective;
  objective.metric = "val_accuracy";
  objective.goal = Goal::maximize;
  EXPECT_EQ(objective_of(winner, objective), card.at("metrics").at("val_accuracy").at("value").get<double>());

  // The same command again runs nothing and says so.
  const ProgramResult again = run_program(run, folder.path());
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_NE((again.out + again.err).find("nothing ran"), std::string::npos) << again.out << again.err;
  EXPECT_EQ(state_of(study).last_seq, state.last_seq);

  // The deployed model names a class for every row of a file without classes.
  write_file(folder.path() / "new.csv", [] {
    std::string text;
    for (int row = 0; row < 3; ++row) {
      for (int pixel = 0; pixel < 64; ++pixel) text += (pixel ? "," : "") + std::to_string((pixel * 7 + row) % 17);
      text += "\n";
    }
    return text;
  }());
  const ProgramResult predicted =
      run_program({hone_program(), "predict", "studies/quickstart/compressed", "new.csv"}, folder.path());
  EXPECT_EQ(predicted.exit_code, 0) << predicted.err;
  EXPECT_EQ(std::count(predicted.out.begin(), predicted.out.end(), '\n'), 3) << predicted.out;
}

TEST(ShippedSpecs, EvolutionRuns) {
  const TemporaryFolder folder;
  const ProgramResult result = run_program(
      {hone_program(), "run", shipped_spec("evolution.toml"), "--set", "budget.trials=6", "--set", "fidelity.max=2"},
      folder.path());
  ASSERT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_EQ(state_of(folder.path() / "studies" / "evolution").trials.size(), 6u);
}

/// Runs a spec over real data with a small budget; what it printed as JSON.
nlohmann::json run_on_real_data(const std::string& spec, const std::string& data, const std::vector<std::string>& set,
                                const fs::path& folder) {
  std::vector<std::string> argv = {hone_program(), "run", shipped_spec(spec), "--json"};
  for (const std::string& assignment : set) argv.insert(argv.end(), {"--set", assignment});
  const ProgramResult result = run_program(argv, folder, {{"DATA", data}});
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  return nlohmann::json::parse(result.out, nullptr, /*allow_exceptions=*/false);
}

/// The folder of real data, or a skip that says what is missing.
#define REQUIRE_DATA(part)                                             \
  const std::string data = HONE_SOURCE_DIR "/../shared/data";          \
  if (!fs::exists(fs::path(data) / (part))) {                          \
    GTEST_SKIP() << "needs real data, which are not here: " << (part); \
  }

TEST(ShippedSpecs, MnistReadsImagesSearchesAndCompresses) {
  REQUIRE_DATA("mnist/train-images-idx3-ubyte.gz")
  const TemporaryFolder folder;
  const nlohmann::json run =
      run_on_real_data("mnist.toml", data,
                       {"dataset.limit=3000", "budget.trials=2", "fidelity.max=1", "compress.budget.finetune_epochs=1",
                        "compress.limits=[\"accuracy_drop <= 50pt\", \"size <= 100%\"]"},
                       folder.path());
  EXPECT_GT(run.at("test").at("metrics").at("accuracy").get<double>(), 0.5);  // guessing: 0.1
  EXPECT_TRUE(fs::exists(folder.path() / "studies/mnist/compressed/model.toml"));
}

TEST(ShippedSpecs, AdultHasTheTestRowsOfItsFiles) {
  REQUIRE_DATA("adult/adult-train.csv")
  const TemporaryFolder folder;
  const nlohmann::json run = run_on_real_data("adult.toml", data, {"budget.trials=2", "fidelity.max=2"}, folder.path());
  EXPECT_EQ(run.at("test").at("rows"), 16'281);
  EXPECT_GT(run.at("test").at("metrics").at("auc").get<double>(), 0.85);
}

TEST(ShippedSpecs, HousingIsARegressionInDollars) {
  REQUIRE_DATA("housing/housing.csv")
  const TemporaryFolder folder;
  const nlohmann::json run =
      run_on_real_data("housing.toml", data, {"budget.trials=2", "fidelity.max=6"}, folder.path());
  EXPECT_EQ(run.at("test").at("rows"), 4'128);
  EXPECT_LT(run.at("test").at("metrics").at("rmse").get<double>(), 80'000);  // the mean: 115,393
}

TEST(ShippedSpecs, CifarReadsAnArchiveOfPictures) {
  REQUIRE_DATA("cifar10-jpeg/train.tar.gz")
  const TemporaryFolder folder;
  const nlohmann::json run = run_on_real_data("cifar.toml", data,
                                              {"dataset.limit=600", "budget.trials=1", "fidelity.min=1",
                                               "fidelity.max=1", "space.width.high=16", "space.width.default=8"},
                                              folder.path());
  EXPECT_TRUE(run.at("test").at("metrics").contains("accuracy"));
}

TEST(ShippedSpecs, AShellScriptIsATrainer) {
  const TemporaryFolder folder;
  const ProgramResult result = run_program(
      {hone_program(), "run", shipped_spec("external_command.toml"), "--set", "budget.trials=9"}, folder.path());
  ASSERT_EQ(result.exit_code, 0) << result.err << result.out;
  const StudyState state = state_of(folder.path() / "studies" / "external_command");
  EXPECT_EQ(state.trials.size(), 9u);
  EXPECT_EQ(count(state, TrialState::failed), 0);
  EXPECT_GE(count(state, TrialState::completed), 1);
}

TEST(ShippedSpecs, APythonScriptIsATrainerThatResumes) {
  const TemporaryFolder folder;
  const ProgramResult result = run_program(
      {hone_program(), "run", shipped_spec("external_python.toml"), "--set", "budget.trials=5"}, folder.path());
  ASSERT_EQ(result.exit_code, 0) << result.err << result.out;
  const StudyState state = state_of(folder.path() / "studies" / "external_python");
  EXPECT_EQ(state.trials.size(), 5u);
  EXPECT_EQ(count(state, TrialState::failed), 0);
  // A promoted trial reports each epoch once: it went on from its checkpoint.
  for (const Trial& trial : state.trials) {
    if (trial.attempt > 1) {
      EXPECT_EQ(static_cast<double>(trial.curve.size()), trial.budget);
    }
  }
}

TEST(ShippedSpecs, TheExampleOfConstraintsKeepsThemAll) {
  const TemporaryFolder folder;
  const ProgramResult result =
      run_program({hone_program(), "run", shipped_spec("examples/constraints.toml"), "--trials", "10"}, folder.path());
  ASSERT_EQ(result.exit_code, 0) << result.err << result.out;
  const StudyState state = state_of(folder.path() / "studies" / "constraints");
  EXPECT_EQ(count(state, TrialState::completed), 10);
  for (const Trial& trial : state.trials) {
    const double width = as_number(trial.params.at("heads")) * as_number(trial.params.at("head_width"));
    EXPECT_LE(as_number(trial.params.at("batch")) * width, 16384);
    EXPECT_GE(width, 16);
  }
  // The best one keeps the limits on what comes out.
  const ProgramResult best = run_program({hone_program(), "best", "--json"}, folder.path());
  const auto metrics = nlohmann::json::parse(best.out)["items"][0]["metrics"];
  EXPECT_LE(metrics["memory_mib"], 4.0);
  EXPECT_LE(metrics["latency_ms"], 3.0);
}

TEST(ShippedSpecs, TheExampleOfTwoObjectivesHasAFrontOrGoalsInTurn) {
  const TemporaryFolder folder;
  const std::string spec = shipped_spec("examples/two_objectives.toml");
  const ProgramResult front = run_program({hone_program(), "run", spec, "--trials", "10"}, folder.path());
  ASSERT_EQ(front.exit_code, 0) << front.err << front.out;
  EXPECT_NE(front.out.find("hypervolume"), std::string::npos) << front.out;
  const ProgramResult in_turn = run_program(
      {hone_program(), "run", spec, "--trials", "10", "--new", "in_turn", "--set", "objective[0].tolerance=\"5%\""},
      folder.path());
  ASSERT_EQ(in_turn.exit_code, 0) << in_turn.err << in_turn.out;
  EXPECT_NE(in_turn.out.find("in turn: loss within 5.0 %"), std::string::npos) << in_turn.out;
}

TEST(ShippedSpecs, AMissingDataFileSaysWhatWasLookedFor) {
  const TemporaryFolder folder;
  const ProgramResult result = run_program(
      {hone_program(), "run", shipped_spec("quickstart.toml"), "--set", "dataset.source='nowhere.csv'"}, folder.path());
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("nowhere.csv"), std::string::npos) << result.err;
  EXPECT_FALSE(fs::exists(folder.path() / "studies" / "quickstart" / "study.db"));
}

}  // namespace
}  // namespace hone
