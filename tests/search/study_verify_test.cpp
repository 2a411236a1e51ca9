#include "search/study_verify.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "search/registry.h"
#include "tests/search/simulation.h"

namespace hone {
namespace {

Policies policies_of(const ExperimentSpec& spec) {
  return Policies{spec, SearchSpace(spec.space, Origins{}), make_sampler(spec), make_scheduler(spec)};
}

Verification verify(const std::vector<Event>& events, const ExperimentSpec& spec) {
  return verify_study(events, "", [&](const std::string&) { return policies_of(spec); });
}

std::string text_of(const std::optional<LogDifference>& difference) {
  if (!difference) return "";
  return "event " + std::to_string(difference->seq) + ", trial " + std::to_string(difference->trial) + ": " +
         difference->what + " " + difference->logged + " or " + difference->derived;
}

ExperimentSpec spec_of(const std::string& sampler, const std::string& order) {
  ExperimentSpec spec = plane_spec(40);
  spec.study.order = order;
  spec.study.lookahead = 16;
  spec.sampler.kind = sampler;
  spec.scheduler.kind = "asha";
  spec.fidelity.min = 1;
  spec.fidelity.max = 9;
  return spec;
}

std::vector<Event> events_of(const ExperimentSpec& spec, int slots) {
  const FastFolder folder;
  SimulatedProblem problem = bowl();
  problem.slowness = 20;
  problem.faults.crash = 0.1;
  problem.faults.out_of_memory = 0.05;
  run_to_end(folder.study(), spec, problem, slots);
  return open_store_to_read(folder.study())->load();
}

using Case = std::tuple<const char*, const char*, int>;
class VerifiedStudy : public testing::TestWithParam<Case> {};

TEST_P(VerifiedStudy, EveryDecisionIsDerivedAgain) {
  const auto& [sampler, order, slots] = GetParam();
  const ExperimentSpec spec = spec_of(sampler, order);
  const Verification result = verify(events_of(spec, slots), spec);
  EXPECT_EQ(text_of(result.difference), "");
  EXPECT_EQ(result.trials, 40);
  EXPECT_EQ(result.suggestions, 40);
  EXPECT_GT(result.promotions, 10);
}

INSTANTIATE_TEST_SUITE_P(Workers, VerifiedStudy,
                         testing::Combine(testing::Values("random", "tpe", "gp", "auto"),
                                          testing::Values("free", "strict"), testing::Values(1, 4, 16)));

TEST(Verify, NamesTheFirstTrialThatIsNotWhatTheLogLeadsTo) {
  ExperimentSpec spec = spec_of("tpe", "free");
  spec.scheduler.kind = "none";
  spec.fidelity = {};
  std::vector<Event> events = events_of(spec, 4);
  // Another result of the best of the first trials: what was proposed after it does not follow from it.
  double best = 1e9;
  std::size_t best_report = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind != EventKind::reported || *events[i].trial >= 9) continue;
    const double loss = nlohmann::json::parse(events[i].body).at("metrics").at("loss").get<double>();
    if (loss < best) best_report = i;
    best = std::min(best, loss);
  }
  const Event* report = &events[best_report];
  events[best_report].body = R"({"metrics":{"loss":1000000},"step":1})";
  const Verification result = verify(events, spec);
  ASSERT_TRUE(result.difference);
  EXPECT_GT(result.difference->seq, report->seq);
  EXPECT_LT(result.trials, 40);
}

TEST(Verify, FindsAnotherSeedAndAnotherBudget) {
  ExperimentSpec spec = spec_of("random", "free");
  const std::vector<Event> events = events_of(spec, 1);
  ExperimentSpec other = spec;
  other.study.seed = 8;
  EXPECT_EQ(verify(events, other).difference->what, "seed");
  EXPECT_EQ(verify(events, other).difference->trial, 0);
  other = spec;
  other.fidelity.min = 2;
  EXPECT_EQ(verify(events, other).difference->what, "budget");
}

TEST(Verify, AKilledStudyIsDerivedAgainToo) {
  const ExperimentSpec spec = spec_of("tpe", "free");
  const FastFolder folder;
  for (const std::int64_t lifetime : {7, 25, 60, 1'000'000}) {
    SimulatedClock clock;
    const auto store = open_store(folder.study());
    const auto study = make_study(*store, spec, clock);
    study->open(std::nullopt);
    SimulatedExecutor executor(bowl(), 4, clock);
    EventWatch watch;
    std::int64_t turns = 0;
    try {
      drive(*study, executor, watch, [&] {
        if (++turns > lifetime) throw std::runtime_error("dies");
        return Interrupt::none;
      });
    } catch (const std::runtime_error&) {
      continue;
    }
  }
  const std::vector<Event> events = open_store_to_read(folder.study())->load();
  ASSERT_TRUE(fold(events).closed);
  EXPECT_EQ(text_of(verify(events, spec).difference), "");
}

TEST(Verify, FollowsASpecThatChangedOnTheWay) {
  ExperimentSpec spec = plane_spec(5);
  const FastFolder folder;
  run_to_end(folder.study(), spec, bowl());
  ExperimentSpec later = spec;
  later.budget.trials = 12;
  {
    SimulatedClock clock;
    const auto store = open_store(folder.study());
    const auto study = make_study(*store, later, clock);
    study->reopen("budget.trials 5 -> 12");
    study->change_spec("first", "second");
  }
  run_to_end(folder.study(), later, bowl());
  std::vector<std::string> asked;
  const Verification result =
      verify_study(open_store_to_read(folder.study())->load(), "second", [&](const std::string& text) {
        asked.push_back(text);
        return policies_of(text == "first" ? spec : later);
      });
  EXPECT_EQ(text_of(result.difference), "");
  EXPECT_EQ(result.trials, 12);
  EXPECT_EQ(asked, (std::vector<std::string>{"first", "second"}));
}

}  // namespace
}  // namespace hone
