#include "search/samplers/gp_facts.h"

#include <gtest/gtest.h>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

GpFacts some_facts() {
  GpFacts facts;
  facts.parameters = {{0.1, -1.0 / 3}, 0.7, -9.3, {0.2, -2.0 / 3}, -0.1};
  facts.warp = {OutcomeWarp::Kind::log_best, 0.01};
  facts.fitted = 40;
  facts.warped = 25;
  facts.budget = 9;
  return facts;
}

std::string written(const std::vector<GpFacts>& models) { return notes_of("gp", models); }

HistoryTrial trial_with(std::int64_t id, const std::string& notes) {
  HistoryTrial trial = completed_trial(id, {}, 1);
  trial.notes = notes;
  return trial;
}

TEST(GpFacts, ReadBackAsWritten) {
  const auto read = newest_facts({{trial_with(0, written({some_facts()}))}}, 2);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->parameters.log_lengths, some_facts().parameters.log_lengths);
  EXPECT_EQ(read->parameters.log_signal_variance, 0.7);
  EXPECT_EQ(read->parameters.log_noise_variance, -9.3);
  EXPECT_EQ(read->parameters.log_single_lengths, some_facts().parameters.log_single_lengths);
  EXPECT_EQ(read->parameters.log_single_variance, -0.1);
  EXPECT_EQ(to_text(read->warp), "log-best:0.01");
  EXPECT_EQ(read->fitted, 40u);
  EXPECT_EQ(read->warped, 25u);
  EXPECT_EQ(read->budget, 9);
}

TEST(GpFacts, NewestCount) {
  GpFacts newer = some_facts();
  newer.fitted = 44;
  const History history = {
      {trial_with(0, written({some_facts()})), trial_with(1, written({newer})), trial_with(2, R"({"arm":"random"})")}};
  EXPECT_EQ(newest_facts(history, 2)->fitted, 44u);
}

TEST(GpFacts, AreKeptByObjective) {
  GpFacts second = some_facts();
  second.fitted = 12;
  const History history = {{trial_with(0, written({some_facts(), second}))}};
  EXPECT_EQ(newest_facts(history, 2, 1)->fitted, 12u);
  EXPECT_FALSE(newest_facts(history, 2, 2));
}

TEST(GpFacts, OfAnotherSpaceAreIgnored) {
  EXPECT_FALSE(newest_facts({{trial_with(0, written({some_facts()}))}}, 3));
  EXPECT_FALSE(newest_facts({{trial_with(0, R"({"arm":"tpe"})"), trial_with(1, "{}")}}, 2));
}

}  // namespace
}  // namespace hone
