// The shipped specs of configs/examples/schedulers, run with their shell trainers and a small budget.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "configs/load_spec.h"
#include "search/registry.h"
#include "tests/search/executor_scripts.h"
#include "tests/search/simulation.h"

namespace hone {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(HONE_SOURCE_DIR) / "configs/examples/schedulers";

StudyState run_example(const std::string& name, std::int64_t trials) {
  OptionTables tables;
  tables.samplers = sampler_kinds();
  tables.schedulers = scheduler_kinds();
  const LoadedSpec loaded = load_spec(kFolder / (name + ".toml"), tables, {});
  for (const Diagnostic& diagnostic : loaded.diagnostics.list()) ADD_FAILURE() << diagnostic.message;
  ExperimentSpec spec = loaded.spec;
  spec.budget.trials = trials;

  const FastFolder folder;
  SimulatedClock clock;
  const auto store = open_store(folder.study());
  const auto study = make_study(*store, spec, clock);
  study->open(std::nullopt);
  LocalExecutorOptions options;
  options.study_folder = folder.study();
  options.spec_folder = kFolder;
  options.study_name = name;
  options.slots = 2;
  const auto executor = make_local_executor(spec, options, nullptr);
  EventWatch watch;
  drive(*study, *executor, watch, never);
  for (const Trial& trial : study->state().trials) EXPECT_NE(trial.state, TrialState::failed) << trial.message;
  return study->state();
}

std::int64_t count(const StudyState& state, TrialState wanted) {
  return std::count_if(state.trials.begin(), state.trials.end(),
                       [&](const Trial& trial) { return trial.state == wanted; });
}

std::int64_t copies_in(const StudyState& state) {
  return std::count_if(state.trials.begin(), state.trials.end(),
                       [](const Trial& trial) { return trial.copy_of.has_value(); });
}

TEST(ExampleSchedulers, PbtCopiesTheBest) {
  const StudyState state = run_example("pbt", 12);
  EXPECT_EQ(copies_in(state), 4);
  EXPECT_GE(count(state, TrialState::completed), 2);
}

TEST(ExampleSchedulers, Pb2CopiesTheBest) {
  const StudyState state = run_example("pb2", 7);
  EXPECT_EQ(copies_in(state), 3);
  EXPECT_GE(count(state, TrialState::completed), 1);
}

TEST(ExampleSchedulers, HyperbandEndsWithACompletedTrial) {
  EXPECT_GE(count(run_example("hyperband", 6), TrialState::completed), 1);
}

class WatchingExample : public testing::TestWithParam<const char*> {};

TEST_P(WatchingExample, EndsEveryTrialCompletedOrStopped) {
  const StudyState state = run_example(GetParam(), 6);
  EXPECT_EQ(count(state, TrialState::completed) + count(state, TrialState::stopped), 6);
}

INSTANTIATE_TEST_SUITE_P(Kinds, WatchingExample,
                         testing::Values("asha-stop", "median", "patience", "threshold", "wilcoxon"));

}  // namespace
}  // namespace hone
