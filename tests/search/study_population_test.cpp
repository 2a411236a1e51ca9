// Populations (pbt, pb2) in whole studies: checkpoints, logs, deaths.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "search/registry.h"
#include "search/study_verify.h"
#include "tests/search/executor_scripts.h"
#include "tests/search/simulation.h"

namespace hone {
namespace {

ExperimentSpec spec_of(const std::string& kind, const std::string& order = "free") {
  ExperimentSpec spec = plane_spec(40);
  spec.study.order = order;
  spec.study.lookahead = 16;
  spec.scheduler.kind = kind;
  spec.scheduler.options["population"] = std::int64_t{4};
  spec.fidelity.min = 2;
  spec.fidelity.max = 10;
  return spec;
}

Verification verify(const std::vector<Event>& events, const ExperimentSpec& spec) {
  return verify_study(events, "", [&](const std::string&) {
    return Policies{spec, SearchSpace(spec.space, Origins{}), make_sampler(spec), make_scheduler(spec)};
  });
}

std::string text_of(const std::optional<LogDifference>& difference) {
  return difference ? difference->what + " " + difference->logged + " or " + difference->derived : "";
}

/// Who was asked for, with what, in order.
std::string decisions_in(const std::vector<Event>& events) {
  std::string text;
  for (const Event& event : events) {
    if (event.kind != EventKind::asked) continue;
    const auto body = nlohmann::json::parse(event.body);
    text += std::to_string(*event.trial) + body.at("params").dump();
    if (body.contains("parent")) text += "<" + body.at("parent").dump() + "/" + body.at("replaces").dump();
  }
  return text;
}

using Case = std::tuple<const char*, const char*, int>;
class PopulationStudy : public testing::TestWithParam<Case> {};

TEST_P(PopulationStudy, EveryDecisionIsDerivedAgainAndDoesNotDependOnTiming) {
  const auto& [kind, order, slots] = GetParam();
  const ExperimentSpec spec = spec_of(kind, order);
  SimulatedProblem problem = bowl();
  problem.slowness = 20;
  const FastFolder folder;
  run_to_end(folder.study(), spec, problem, slots);
  const std::vector<Event> events = open_store_to_read(folder.study())->load();
  const Verification result = verify(events, spec);
  EXPECT_EQ(text_of(result.difference), "");
  // Rungs 2, 4, 6, 8, 10: one copy at each but the last.
  EXPECT_EQ(result.copies, 4);
  EXPECT_EQ(result.trials, 8);

  const FastFolder other;
  run_to_end(other.study(), spec, problem, 1);
  EXPECT_EQ(decisions_in(events), decisions_in(open_store_to_read(other.study())->load()));
}

INSTANTIATE_TEST_SUITE_P(Workers, PopulationStudy,
                         testing::Combine(testing::Values("pbt", "pb2"), testing::Values("free", "strict"),
                                          testing::Values(1, 4)));

TEST(PopulationStudy, ACopyStartsFromItsParentsCheckpointAndPaysForItsOwnUnits) {
  const FastFolder folder;
  const StudyState state = run_to_end(folder.study(), spec_of("pbt"), bowl());
  const Trial& copy = state.trials.at(4);
  ASSERT_TRUE(copy.copy_of);
  EXPECT_EQ(copy.origin, TrialOrigin::copy);
  const std::vector<Event> events = open_store_to_read(folder.study())->load();
  for (const Event& event : events) {
    if (event.trial != 4) continue;
    const auto body = nlohmann::json::parse(event.body);
    if (event.kind == EventKind::asked) {
      EXPECT_EQ(body.at("checkpoint").dump(), R"({"file":"checkpoint-2.h5","step":2.0})");
      EXPECT_EQ(body.at("parent"), copy.copy_of->parent);
    }
    if (event.kind == EventKind::launched && event.attempt == 1) {
      EXPECT_EQ(body.dump(), R"({"budget":4.0,"from":2.0,"resume":"checkpoint-2.h5"})");
    }
  }
  // Four founders to 10 of whom one a rung is replaced: five stretches of four trials, two units each.
  EXPECT_EQ(state.units, 40);
  EXPECT_EQ(state.closed_reason, "the whole population has trained");
}

TEST(PopulationStudy, ADeathBetweenAnyTwoEventsChangesNoDecision) {
  const ExperimentSpec spec = spec_of("pb2");
  const FastFolder whole;
  run_to_end(whole.study(), spec, bowl());
  const std::string expected = decisions_in(open_store_to_read(whole.study())->load());

  const FastFolder broken;
  int deaths = 0;
  for (; deaths < 200; ++deaths) {
    SimulatedClock clock;
    const auto store = open_store(broken.study());
    const auto study = make_study(*store, spec, clock);
    study->open(std::nullopt);
    SimulatedExecutor executor(bowl(), 1, clock);
    struct Death {};
    int left = 7 + deaths % 5;
    EventWatch watch([&](const Study&, const Event&) {
      if (--left < 0) throw Death();
    });
    try {
      drive(*study, executor, watch, never);
      break;
    } catch (const Death&) {
    }
  }
  EXPECT_GT(deaths, 3);
  EXPECT_EQ(decisions_in(open_store_to_read(broken.study())->load()), expected);
}

TEST(PopulationStudy, AShellTrainerGoesOnFromTheFileItsParentWrote) {
  const ScriptedStudy scripts;
  // The checkpoint is the list of all stretches that led to it.
  ExperimentSpec spec = scripts.command_spec(R"(set -e
[ -z "$HONE_RESUME" ] || [ "$HONE_RESUME" = "$HONE_CHECKPOINT" ] || cp "$HONE_RESUME" "$HONE_CHECKPOINT"
[ -n "$HONE_RESUME" ] || rm -f "$HONE_CHECKPOINT"
echo "$HONE_TRIAL $HONE_BUDGET" >> "$HONE_CHECKPOINT"
echo "{\"step\":$HONE_BUDGET,\"loss\":$HONE_PARAM_X}" >> "$HONE_REPORT"
echo "{\"checkpoint\":\"checkpoint\",\"step\":$HONE_BUDGET}" >> "$HONE_REPORT")");
  const ExperimentSpec population = spec_of("pbt");
  spec.study = population.study;
  spec.space = population.space;
  spec.scheduler = population.scheduler;
  spec.sampler = population.sampler;
  spec.fidelity.min = 2;
  spec.fidelity.max = 6;
  spec.budget.trials = 20;
  spec.trainer.checkpoints = true;

  SimulatedClock clock;
  const auto store = open_store(scripts.folder() / "study");
  const auto study = make_study(*store, spec, clock);
  study->open(std::nullopt);
  const auto executor = scripts.command_executor(spec, 2);
  EventWatch watch;
  drive(*study, *executor, watch, never);

  int copies = 0;
  for (const Trial& trial : study->state().trials) {
    EXPECT_NE(trial.state, TrialState::failed) << trial.message;
    if (!trial.copy_of) continue;
    ++copies;
    std::istringstream lines(scripts.trial_file(trial.id, "checkpoint"));
    std::vector<std::pair<std::int64_t, double>> stretches;
    for (std::int64_t id = 0, budget = 0; lines >> id >> budget;) stretches.emplace_back(id, budget);
    // What the parent did up to the copy, then what the copy did itself.
    const double born = trial.id == 4 ? 2 : 4;
    const auto own =
        std::find_if(stretches.begin(), stretches.end(), [&](const auto& s) { return s.first == trial.id; });
    ASSERT_TRUE(own != stretches.begin() && own != stretches.end());
    EXPECT_EQ(std::prev(own)->first, trial.copy_of->parent);
    EXPECT_EQ(std::prev(own)->second, born);
    EXPECT_EQ(own->second, born + 2);
  }
  EXPECT_EQ(copies, 2);
}

TEST(PopulationStudy, ACopyWithoutItsParentsFileIsAnError) {
  const ScriptedStudy scripts;
  const auto executor = scripts.command_executor(scripts.command_spec("exit 0"));
  Launch launch = launch_of(1);
  launch.parent = 0;
  launch.resume = "checkpoint";
  try {
    executor->start(launch);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostics().front().code, "file::unreadable");
  }
}

}  // namespace
}  // namespace hone
