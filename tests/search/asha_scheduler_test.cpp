#include "search/schedulers/asha_scheduler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/random.h"
#include "tests/search/scheduler_traces.h"

namespace hone {
namespace {

using Rungs = std::vector<double>;

/// As in the paper.
AshaOptions plain(std::int64_t eta = 3) {
  AshaOptions options;
  options.eta = eta;
  options.thrifty = false;
  return options;
}

/// Plays trials against a scheduler, keeping what a study would: launch writes down a decision, end lets a launch reach
/// its budget with a value or fail.
class Play {
 public:
  explicit Play(const AshaScheduler& scheduler) : scheduler_(scheduler) {}

  std::int64_t start() {
    HistoryTrial trial;
    trial.id = static_cast<std::int64_t>(history.trials.size());
    history.trials.push_back(trial);
    launch(trial.id, scheduler_.first_budget(history));
    return trial.id;
  }

  /// Follows a promotion; −1 when there is none.
  std::int64_t follow(const std::optional<Promotion>& promotion) {
    if (!promotion) return -1;
    EXPECT_EQ(trial(promotion->trial).state, TrialState::rested);
    EXPECT_GT(promotion->budget, trial(promotion->trial).budget);
    launch(promotion->trial, promotion->budget);
    return promotion->trial;
  }

  void end(std::int64_t id, double value) {
    HistoryTrial& ended = trial(id);
    ended.value = value;
    ended.rungs.push_back({ended.budget, value});
    ended.state = ended.budget == scheduler_.rungs().back() ? TrialState::completed : TrialState::rested;
  }

  /// As in Study's history, a failed trial has no values.
  void fail(std::int64_t id) {
    HistoryTrial& failed = trial(id);
    failed.state = TrialState::failed;
    failed.failure = FailureClass::non_finite;
    failed.value.reset();
    failed.rungs.clear();
  }

  HistoryTrial& trial(std::int64_t id) { return history.trials.at(static_cast<std::size_t>(id)); }
  std::optional<Promotion> promote() const { return scheduler_.promote(history); }
  std::optional<Promotion> promote_at_end() const { return scheduler_.promote_at_end(history); }

  History history;
  /// Every launch as "trial@budget".
  std::string trace;

 private:
  void launch(std::int64_t id, double budget) {
    trial(id).state = TrialState::running;
    trial(id).budget = budget;
    const std::string text = std::to_string(id) + "@" + to_text(budget);
    EXPECT_TRUE(launched_.insert(text).second) << text << " was launched twice";
    trace += (trace.empty() ? "" : " ") + text;
  }

  const AshaScheduler& scheduler_;
  std::set<std::string> launched_;
};

/// One trial after the other; trial i has the same value at every budget.
std::string trace_of(const AshaScheduler& scheduler, const std::vector<double>& values) {
  Play play(scheduler);
  while (true) {
    std::int64_t id = play.follow(play.promote());
    if (id < 0) {
      if (play.history.trials.size() == values.size()) break;
      id = play.start();
    }
    play.end(id, values[static_cast<std::size_t>(id)]);
  }
  while (play.follow(play.promote_at_end()) >= 0) {
    const auto running = std::find_if(play.history.trials.begin(), play.history.trials.end(),
                                      [](const HistoryTrial& t) { return t.state == TrialState::running; });
    play.end(running->id, values[static_cast<std::size_t>(running->id)]);
  }
  return play.trace;
}

TEST(AshaScheduler, LaysRungsFromMinToMax) {
  EXPECT_EQ(AshaScheduler({3}, 1, 9).rungs(), (Rungs{1, 3, 9}));
  EXPECT_EQ(AshaScheduler({4}, 2, 100).rungs(), (Rungs{2, 8, 32, 100}));
  // 27 and 9 stand too near to the end to be worth a launch.
  EXPECT_EQ(AshaScheduler({3}, 1, 30).rungs(), (Rungs{1, 3, 9, 30}));
  EXPECT_EQ(AshaScheduler({3}, 1, 10).rungs(), (Rungs{1, 3, 10}));
  EXPECT_EQ(AshaScheduler({3}, 5, 5).rungs(), (Rungs{5}));
  EXPECT_EQ(AshaScheduler({3}, 0.125, 1).rungs(), (Rungs{0.125, 0.375, 1}));
}

TEST(AshaScheduler, DecidesInThisOrder) {
  EXPECT_EQ(trace_of(AshaScheduler(plain(), 1, 9), {5, 3, 8, 1, 9, 2, 7, 4, 6}),
            "0@1 1@1 2@1 1@3 3@1 3@3 4@1 5@1 5@3 3@9 6@1 7@1 8@1");
}

TEST(AshaScheduler, BringsTheBestOfAShortStudyToFullBudgetAtItsEnd) {
  EXPECT_EQ(trace_of(AshaScheduler(plain(), 1, 9), {5, 3, 8, 9}), "0@1 1@1 2@1 1@3 3@1 1@9");
  EXPECT_EQ(trace_of(AshaScheduler(plain(), 1, 9), {5, 4}), "0@1 1@1 1@3 1@9");
}

TEST(AshaScheduler, WaitsAtTheEndForWhatStillRuns) {
  const AshaScheduler scheduler(plain(), 1, 9);
  Play play(scheduler);
  const std::int64_t first = play.start();
  const std::int64_t second = play.start();
  play.end(first, 0.5);
  EXPECT_FALSE(play.promote_at_end());
  play.end(second, 0.4);
  EXPECT_EQ(play.promote_at_end()->trial, second);
}

TEST(AshaScheduler, PrefersTheHighestRungAndTheOlderOfEquals) {
  const AshaScheduler scheduler(plain(2), 1, 4);
  Play play(scheduler);
  for (int i = 0; i < 6; ++i) play.end(play.start(), 1.0);
  EXPECT_EQ(play.follow(play.promote()), 0);
  EXPECT_EQ(play.follow(play.promote()), 1);
  EXPECT_EQ(play.promote()->trial, 2);
  play.end(0, 0.9);
  play.end(1, 0.8);
  // Two at budget 2: the better of them goes before trial 2 of the lowest rung.
  EXPECT_EQ(play.promote()->trial, 1);
  EXPECT_EQ(play.promote()->budget, 4);
}

TEST(AshaScheduler, CountsFailedTrialsAsWorst) {
  const AshaScheduler scheduler(plain(), 1, 9);
  Play play(scheduler);
  play.fail(play.start());
  play.fail(play.start());
  EXPECT_FALSE(play.promote());
  play.end(play.start(), 7.0);
  // One of three may go on, and only one has a value.
  EXPECT_EQ(play.follow(play.promote()), 2);
}

TEST(AshaScheduler, RanksSeveralObjectivesByFrontAndInfeasibleTrialsLast) {
  const AshaScheduler scheduler(plain(), 1, 3);
  Play play(scheduler);
  const auto reach = [&](double first, double second, double violation) {
    const std::int64_t id = play.start();
    play.end(id, first);
    play.trial(id).rungs.back().others = {second};
    play.trial(id).rungs.back().violations = {violation};
  };
  reach(5, 5, -1);  // dominated by the next
  reach(4, 4, -1);
  reach(0, 0, 2);  // infeasible
  EXPECT_EQ(play.promote()->trial, 1);
}

TEST(AshaScheduler, GivesThePlaceOfAFailedTrialToTheNext) {
  const AshaScheduler scheduler(plain(), 1, 9);
  Play play(scheduler);
  for (const double value : {0.3, 0.2, 0.1}) play.end(play.start(), value);
  EXPECT_EQ(play.follow(play.promote()), 2);
  EXPECT_FALSE(play.promote());
  play.fail(2);
  EXPECT_EQ(play.follow(play.promote()), 1);
  EXPECT_FALSE(play.promote());
}

TEST(AshaScheduler, LetsAPromotedTrialKeepItsPlace) {
  const AshaScheduler scheduler(plain(), 1, 9);
  Play play(scheduler);
  for (const double value : {0.3, 0.2, 0.1}) play.end(play.start(), value);
  EXPECT_EQ(play.follow(play.promote()), 2);
  // The promoted trial still runs: its rung has three members and its one place is taken.
  EXPECT_FALSE(play.promote());
  play.end(2, 0.05);
  EXPECT_FALSE(play.promote());
}

TEST(AshaScheduler, IgnoresTrialsThatTeachNothing) {
  const AshaScheduler scheduler(plain(), 1, 9);
  Play play(scheduler);
  for (const double value : {0.3, 0.2, 0.1}) play.end(play.start(), value);
  play.trial(0).teaches = false;
  EXPECT_FALSE(play.promote());
}

TEST(AshaScheduler, NeverStopsARunningTrial) {
  const AshaScheduler scheduler(plain(), 1, 9);
  Play play(scheduler);
  play.start();
  EXPECT_EQ(scheduler.judge(play.history, 0), Verdict::keep);
}

// Python's NormalDist: cdf((inv_cdf(.5/m) - .5*inv_cdf((p+.5)/m)) / sqrt(.75)) for p = 0 and 8 of m = 9, and p = 9 of
// 100.
TEST(AshaScheduler, KnowsTheChanceOfATrialToBecomeTheBest) {
  EXPECT_NEAR(chance_of_best(0, 9, 1), 0.17883, 1e-5);
  EXPECT_NEAR(chance_of_best(8, 9, 1), 0.00289, 1e-5);
  EXPECT_NEAR(chance_of_best(9, 100, 1), 0.01329, 1e-5);
  // Nearer to the full budget a rung says more.
  EXPECT_GT(chance_of_best(0, 9, 0.5), chance_of_best(0, 9, 1));
  EXPECT_LT(chance_of_best(8, 9, 0.5), chance_of_best(8, 9, 1));
}

TEST(AshaScheduler, PromotesThriftilyWhatMayBecomeTheBestAndTheRestAtTheEnd) {
  // Every trial beats all before it: 3 of the first 9 would go on in the paper.
  const auto value = [](int trial, int) { return 20.0 - trial; };
  EXPECT_EQ(trace_of(AshaScheduler(AshaOptions{}, 1, 9), 16, value),
            "0@1 1@1 2@1 3@1 4@1 5@1 6@1 7@1 8@1 9@1 10@1 11@1 12@1 13@1 13@3 14@1 14@3 15@1 15@3 15@9 12@3 11@3");
}

TEST(AshaScheduler, StartsASecondBracketOneRungHigher) {
  AshaOptions options = plain();
  options.brackets = 2;
  // A fifth of the trials, here 3 and 8, start at 3: they count there and not in rung 1.
  const auto value = [](int trial, int) { return 20.0 - trial; };
  EXPECT_EQ(trace_of(AshaScheduler(options, 1, 9), 10, value),
            "0@1 1@1 2@1 2@3 3@3 4@1 4@3 4@9 5@1 5@3 5@9 6@1 6@3 6@9 7@1 7@3 7@9 8@3 8@9 9@1 9@3 9@9");
}

TEST(AshaScheduler, StopsWhoFallsBehindWhenTrialsCannotResume) {
  AshaOptions options;
  options.mode = "stop";
  const AshaScheduler scheduler(options, 1, 9);
  EXPECT_EQ(scheduler.rungs(), (Rungs{9}));
  const std::vector<double> values = {5, 3, 8, 1, 9, 2, 7, 4, 6};
  const auto value = [&](int trial, int) { return values[static_cast<std::size_t>(trial)]; };
  EXPECT_EQ(trace_of(scheduler, 9, value), "0@9 1@9 2@9 2!1 3@9 4@9 4!1 5@9 5!3 6@9 6!1 7@9 7!1 8@9 8!1");
}

TEST(AshaScheduler, SpreadsTrialsOverBracketsAsHyperbandDoes) {
  const AshaScheduler scheduler = AshaScheduler::hyperband({3, "promote", false}, 1, 9);
  EXPECT_EQ(scheduler.rungs(), (Rungs{1, 3, 9}));
  // First rounds of 9, ⌈3/2·3⌉ = 5 and 3 trials.
  std::map<double, int> started;
  History history;
  for (std::int64_t id = 0; id < 1700; ++id) {
    ++started[scheduler.first_budget(history)];
    history.trials.emplace_back();
    history.trials.back().id = id;
  }
  EXPECT_NEAR(started[1], 900, 2);
  EXPECT_NEAR(started[3], 500, 2);
  EXPECT_NEAR(started[9], 300, 2);
  const auto value = [](int trial, int) { return 20.0 - trial; };
  EXPECT_EQ(trace_of(scheduler, 9, value), "0@1 1@3 2@1 3@9 4@1 4@3 5@1 5@3 5@9 6@3 6@9 7@1 7@3 7@9 8@9");
}

TEST(AshaScheduler, RanksSeveralObjectivesByFrontAndCrowding) {
  const AshaScheduler scheduler(plain(), 1, 9);
  Play play(scheduler);
  const std::vector<std::pair<double, double>> points = {{0, 9}, {1, 8}, {9, 0}, {9, 9}, {5, 5}, {8, 8}};
  for (const auto& [first, second] : points) {
    const std::int64_t id = play.start();
    play.end(id, first);
    play.trial(id).rungs.back().others = {second};
  }
  // Front {0, 1, 2, 4}: its ends 0 and 2 are infinitely far from their neighbours.
  EXPECT_EQ(play.follow(play.promote()), 0);
  EXPECT_EQ(play.follow(play.promote()), 2);
  EXPECT_FALSE(play.promote());
}

TEST(AshaScheduler, PutsViolatedConstraintsBehindFeasibleTrials) {
  const AshaScheduler scheduler(plain(), 1, 9);
  Play play(scheduler);
  for (const double violation : {2.0, 1.0, -1.0}) {
    const std::int64_t id = play.start();
    play.end(id, violation);
    play.trial(id).rungs.back().violations = {violation};
  }
  play.trial(2).rungs.back().value = 100;
  EXPECT_EQ(play.follow(play.promote()), 2);
}

// Twenty-four trials on three slots that end in random order with noisy values, some of them failing: every promotion
// is new (Play checks), nothing deserving is left over, and at least two trials see the full budget unless too many
// failed.
TEST(AshaScheduler, StarvesNobodyInParallel) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed, -1, "play");
    const bool may_fail = seed % 2 == 1;
    const AshaScheduler scheduler(plain(), 1, 9);
    Play play(scheduler);
    std::vector<std::int64_t> running;
    while (true) {
      while (running.size() < 3) {
        std::int64_t id = play.follow(play.promote());
        if (id < 0 && play.history.trials.size() < 24) id = play.start();
        if (id < 0) break;
        running.push_back(id);
      }
      if (running.empty()) break;
      const auto place = running.begin() + random.index(static_cast<std::int64_t>(running.size()));
      if (may_fail && random.uniform() < 0.1) {
        play.fail(*place);
      } else {
        play.end(*place, static_cast<double>(*place % 7) + random.uniform());
      }
      running.erase(place);
    }
    EXPECT_EQ(play.history.trials.size(), 24u);
    EXPECT_FALSE(play.promote());
    const auto reached = [&](double budget) {
      return std::count_if(play.history.trials.begin(), play.history.trials.end(),
                           [&](const HistoryTrial& trial) { return trial.budget >= budget; });
    };
    EXPECT_GE(reached(3), 8);
    EXPECT_GE(reached(9), may_fail ? 1 : 2);
  }
}

}  // namespace
}  // namespace hone
