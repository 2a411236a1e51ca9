#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "configs/load_spec.h"
#include "search/registry.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

/// The history of an example's study, at most `trials` long.
History run_example(const std::string& name, int trials) {
  OptionTables tables;
  tables.samplers = sampler_kinds();
  tables.schedulers = scheduler_kinds();
  SpecOverrides overrides;
  overrides.purpose = SpecPurpose::ask_tell;
  const std::filesystem::path file =
      std::filesystem::path(HONE_SOURCE_DIR) / "configs/examples/samplers" / (name + ".toml");
  const LoadedSpec loaded = load_spec(file, tables, overrides);
  for (const Diagnostic& diagnostic : loaded.diagnostics.list()) ADD_FAILURE() << diagnostic.message;
  const SearchSpace space(loaded.spec.space, loaded.origins);
  const Problem problem = {name, space, [&](const Params& params) {
                             double sum = 0;
                             for (const auto& unit : space.encode(params))
                               sum += unit ? (*unit - 0.7) * (*unit - 0.7) : 0;
                             return sum;
                           }};
  return run_trials(*make_sampler(loaded.spec), problem, trials, 1);
}

TEST(ExampleSamplers, CmaesStartsFromTheBestOfItsSobolPoints) {
  const History history = run_example("cmaes", 90);
  ASSERT_EQ(history.trials.size(), 90u);
  EXPECT_NE(history.trials[60].notes.find("\"parents\":["), std::string::npos) << history.trials[60].notes;
}

TEST(ExampleSamplers, DeRuns) {
  const History history = run_example("de", 120);
  ASSERT_EQ(history.trials.size(), 120u);
  EXPECT_NE(history.trials.back().notes.find("\"arm\":\"de\""), std::string::npos) << history.trials.back().notes;
}

TEST(ExampleSamplers, Nsga2RunsAfterItsPopulation) {
  const History history = run_example("nsga2", 60);
  ASSERT_EQ(history.trials.size(), 60u);
  EXPECT_NE(history.trials[40].notes.find("\"arm\":\"nsga2\""), std::string::npos) << history.trials[40].notes;
}

TEST(ExampleSamplers, GridMeetsEachOfItsCombinations) {
  // 4 rates and 3 depths, with adam alone or with sgd and 4 momenta.
  EXPECT_EQ(run_example("grid", 100).trials.size(), 60u);
}

}  // namespace
}  // namespace hone
