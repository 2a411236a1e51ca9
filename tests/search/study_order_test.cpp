// order = "strict": the same seed gives the same trials whatever the number of workers and however long trials take.
#include <gtest/gtest.h>

#include "search/registry.h"
#include "tests/search/simulation.h"

namespace hone {
namespace {

/// Everything of the trials that is not a matter of time, and the decisions in their order.
std::vector<std::string> decisions_of(const std::filesystem::path& folder) {
  const std::vector<Event> events = open_store_to_read(folder)->load();
  std::vector<std::string> lines;
  for (const Event& event : events) {
    if (event.kind != EventKind::asked && event.kind != EventKind::promoted) continue;
    std::string body = event.body;
    const std::size_t seen = body.find(",\"seen\":");  // a place in the log depends on what arrived when
    if (seen != std::string::npos) body.erase(seen, body.find_first_of(",}", seen + 1) - seen);
    lines.push_back(std::string(name_of(event.kind)) + " " + std::to_string(*event.trial) + " " + body);
  }
  for (const Trial& trial : fold(events).trials) {
    std::string line = std::to_string(trial.id) + " " + std::string(name_of(trial.state));
    for (const TrialReport& report : trial.curve) line += " " + to_text(report.metrics.at("loss"));
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> run(const ExperimentSpec& spec, SimulatedProblem problem, int slots, std::uint64_t timing) {
  const FastFolder folder;
  problem.seed = timing;
  problem.slowness = 20;
  EXPECT_TRUE(run_to_end(folder.study(), spec, problem, slots).closed);
  return decisions_of(folder.study());
}

ExperimentSpec strict_spec(const std::string& sampler, const std::string& scheduler) {
  ExperimentSpec spec = plane_spec(60);
  spec.study.order = "strict";
  spec.study.lookahead = 16;
  spec.sampler.kind = sampler;
  spec.scheduler.kind = scheduler;
  if (scheduler == "none") return spec;
  spec.fidelity.min = 1;
  spec.fidelity.max = 9;
  return spec;
}

using Kinds = std::pair<const char*, const char*>;
class StrictStudy : public testing::TestWithParam<Kinds> {};

TEST_P(StrictStudy, IsTheSameForAnyNumberOfWorkersAndAnyTiming) {
  const ExperimentSpec spec = strict_spec(GetParam().first, GetParam().second);
  const std::vector<std::string> expected = run(spec, bowl(), 1, 0);
  ASSERT_GT(expected.size(), 100U);
  for (const int slots : {1, 4, 16}) {
    for (const std::uint64_t timing : {1U, 2U, 3U}) {
      ASSERT_EQ(run(spec, bowl(), slots, timing), expected) << slots << " workers, timing " << timing;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, StrictStudy,
                         testing::Values(Kinds{"random", "none"}, Kinds{"tpe", "none"}, Kinds{"random", "asha"},
                                         Kinds{"tpe", "asha"}));

TEST(StrictOrderStudy, FreeOrderDependsOnTiming) {
  ExperimentSpec spec = strict_spec("tpe", "none");
  spec.study.order = "free";
  EXPECT_NE(run(spec, bowl(), 4, 1), run(spec, bowl(), 4, 2));
}

TEST(StrictOrderStudy, StaysTheSameWithFailuresThatRepeat) {
  const ExperimentSpec spec = strict_spec("tpe", "asha");
  SimulatedProblem problem = bowl();
  // A property of the parameters, not of the attempt: what crashes once crashes again.
  problem.value = [value = problem.value](const Params& params, double budget) {
    return as_number(params.at("x")) > 0.5 ? 1e9 : value(params, budget);
  };
  EXPECT_EQ(run(spec, problem, 1, 0), run(spec, problem, 16, 5));
}

TEST(StrictOrderStudy, EndsInTheBestTrialOfItsRungs) {
  const FastFolder folder;
  ExperimentSpec spec = strict_spec("random", "asha");
  spec.budget.trials = 5;
  const StudyState state = run_to_end(folder.study(), spec, bowl(), 4);
  const auto best = best_trial(state, spec);
  ASSERT_TRUE(best);
  EXPECT_EQ(state.trials[static_cast<std::size_t>(*best)].state, TrialState::completed);
}

TEST(StrictOrderStudy, ADeathChangesNoDecision) {
  const ExperimentSpec spec = strict_spec("tpe", "asha");
  const std::vector<std::string> expected = run(spec, bowl(), 4, 1);
  for (const std::int64_t lifetime : {3, 40, 90, 150, 222}) {
    const FastFolder folder;
    SimulatedProblem problem = bowl();
    problem.seed = 1;
    problem.slowness = 20;
    {
      SimulatedClock clock;
      const auto store = open_store(folder.study());
      const auto study = make_study(*store, spec, clock);
      study->open(std::nullopt);
      SimulatedExecutor executor(problem, 4, clock);
      EventWatch watch;
      std::int64_t turns = 0;
      drive(*study, executor, watch, [&] { return ++turns > lifetime ? Interrupt::hard : Interrupt::none; });
    }
    run_to_end(folder.study(), spec, problem, 4);
    ASSERT_EQ(decisions_of(folder.study()), expected) << lifetime;
  }
}

}  // namespace
}  // namespace hone
