#include "search/samplers/auto_sampler.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "search/samplers/random_sampler.h"
#include "tests/search/sampler_problems.h"
#include "tests/search/simulation.h"

namespace hone {
namespace {

using nlohmann::json;

std::unique_ptr<Sampler> make(std::uint64_t seed) {
  ExperimentSpec spec;
  spec.study.seed = static_cast<std::int64_t>(seed);
  return std::make_unique<AutoSampler>(spec);
}

double share_of(const AutoPolicy& policy, Arm arm) {
  double share = 0;
  for (const ArmWeight& weight : policy.arms) share += weight.arm == arm ? weight.weight : 0;
  return share;
}

TEST(AutoPolicy, SharesSumToOneInEverySituation) {
  for (const bool unordered : {false, true}) {
    for (const bool conditional : {false, true}) {
      for (const std::size_t dimensions : {1, 6, 7, 20, 50, 200}) {
        for (const std::size_t observed : {0, 24, 25, 300, 2000}) {
          for (const std::size_t pending : {0, 40}) {
            AutoFacts facts;
            facts.dimensions = dimensions;
            facts.has_unordered = unordered;
            facts.has_conditions = conditional;
            facts.observed = observed;
            facts.pending = pending;
            const AutoPolicy policy = choose_policy(facts);
            double sum = 0;
            for (const ArmWeight& arm : policy.arms) sum += arm.weight;
            EXPECT_NEAR(sum, 1, 1e-12) << policy.name;
            EXPECT_FALSE(policy.why.empty());
          }
        }
      }
    }
  }
}

AutoFacts plain_facts() {
  AutoFacts facts;
  facts.dimensions = 4;
  facts.observed = 60;
  return facts;
}

TEST(AutoPolicy, TheFirstSituationThatFitsDecides) {
  AutoFacts facts = plain_facts();
  EXPECT_EQ(choose_policy(facts).name, "rugged");
  facts.noise = 1e-5;
  EXPECT_EQ(choose_policy(facts).name, "smooth");
  facts.observed = 10;
  EXPECT_EQ(choose_policy(facts).name, "early");
  facts.dimensions = 100;
  EXPECT_EQ(choose_policy(facts).name, "high-dimensional");
  facts.pending = 17;
  EXPECT_EQ(choose_policy(facts).name, "parallel");
  facts.has_conditions = true;
  EXPECT_EQ(choose_policy(facts).name, "conditional");
  facts.objectives = 2;
  EXPECT_EQ(choose_policy(facts).name, "objectives");
  facts.observed = 2000;
  EXPECT_EQ(choose_policy(facts).name, "many-values");
}

TEST(AutoPolicy, ALongStudyOfNumbersGoesOnWithCmaes) {
  AutoFacts facts = plain_facts();
  facts.trials = 5000;
  facts.observed = 300;
  EXPECT_GT(share_of(choose_policy(facts), Arm::cmaes), 0.5);
  facts.has_unordered = true;
  EXPECT_EQ(share_of(choose_policy(facts), Arm::cmaes), 0);
}

TEST(AutoPolicy, TpeHelpsWhereTheModelLeavesMuchUnexplained) {
  AutoFacts facts = plain_facts();
  facts.noise = 0.2;
  EXPECT_GT(share_of(choose_policy(facts), Arm::tpe), 0);
  facts.noise = 1e-6;
  EXPECT_EQ(share_of(choose_policy(facts), Arm::tpe), 0);
}

TEST(AutoPolicy, ThinksLessWhereTrialsAreShortBesideAProposal) {
  AutoFacts facts = plain_facts();
  facts.dimensions = 100;
  facts.observed = 1000;
  facts.models = 2;
  EXPECT_EQ(choose_policy(facts).effort, AskEffort::full);
  facts.ask_seconds = 0.01;
  EXPECT_EQ(choose_policy(facts).name, "high-dimensional+part-of-values");
  EXPECT_EQ(choose_policy(facts).effort, AskEffort::part_of_values);
  facts.models = 10;
  EXPECT_EQ(choose_policy(facts).name, "high-dimensional+ranks-only");
  EXPECT_GT(share_of(choose_policy(facts), Arm::tpe), 0.9);
}

TEST(AutoPolicy, SaysItselfInOneLine) {
  const AutoPolicy policy = {"smooth", "few ordered parameters", {{Arm::gp, 0.85}, {Arm::random, 0.15}}};
  EXPECT_EQ(to_text(policy), "smooth (few ordered parameters): gp 85 %, random 15 %");
}

TEST(AutoSampler, IsSound) { expect_sound(make); }

TEST(AutoSampler, BeatsRandom) {
  const auto random = [](std::uint64_t) { return std::make_unique<RandomSampler>(true); };
  for (const Problem& problem : problems()) {
    EXPECT_LT(median_best(make, problem, 40, 5), median_best(random, problem, 40, 5)) << problem.name;
  }
}

TEST(AutoSampler, NotesSayArmAndPolicyAndADecisionComesOnlyWithAChange) {
  const Problem problem = problems().front();
  History history;
  std::string policy;
  for (std::int64_t next = 0; next < 20; ++next) {
    RandomStream random(3, next, "suggest");
    const auto suggestion = make(3)->suggest(problem.space, history, next, random);
    const json notes = json::parse(suggestion->notes);
    EXPECT_TRUE(notes.contains("arm"));
    const bool is_new = notes.at("policy") != policy;
    EXPECT_EQ(is_new, !suggestion->decision.empty()) << "trial " << next;
    policy = notes.at("policy");
    HistoryTrial trial = completed_trial(next, suggestion->params, problem.value(suggestion->params));
    trial.notes = suggestion->notes;
    history.trials.push_back(std::move(trial));
  }
}

TEST(AutoSampler, DecisionIsAnEventBeforeTheTrial) {
  const FastFolder folder;
  ExperimentSpec spec = plane_spec(2);
  spec.sampler.kind = "auto";
  run_to_end(folder.study(), spec, bowl());
  const std::vector<Event> events = open_store(folder.study())->load();
  ASSERT_GE(events.size(), 3U);
  EXPECT_EQ(events[1].kind, EventKind::decided);
  EXPECT_NE(json::parse(events[1].body).at("sampler").get<std::string>().find("gp"), std::string::npos);
  EXPECT_EQ(events[2].kind, EventKind::asked);
}

}  // namespace
}  // namespace hone
