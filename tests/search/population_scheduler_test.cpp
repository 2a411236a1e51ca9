// Exact traces of pbt and pb2: `3@4` is a launch of trial 3 to budget 4, `8<1/3@6` the copy 8 of trial 1 in the place
// of trial 3.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <sstream>

#include "search/schedulers/pb2_scheduler.h"
#include "search/schedulers/pbt_scheduler.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

using Value = std::function<double(const HistoryTrial& trial, double budget)>;

SearchSpace rates() { return space_of({float_parameter("rate", 0, 1), float_parameter("other", 0, 1)}); }

/// Plays a population to its end, one launch after the other; trial i begins with rate (i + 1)/10. NaN = it fails.
struct Population {
  explicit Population(const PopulationScheduler& scheduler, std::int64_t trials = 100)
      : scheduler(scheduler), trials(trials) {}

  void play(const Value& value) {
    while (step(value)) continue;
  }

  bool step(const Value& value) {
    const auto next = std::ssize(history.trials);
    RandomStream random(1, next, "copy");
    if (next < trials) {
      if (const auto copy = scheduler.copy(space, history, random)) return make(*copy, value);
    }
    if (const auto promotion = scheduler.promote(history)) return advance(promotion->trial, promotion->budget, value);
    if (next < trials && scheduler.wants_new(history)) {
      HistoryTrial trial;
      trial.id = next;
      trial.params = {{"rate", 0.1 * static_cast<double>(next + 1)}, {"other", 0.5}};
      history.trials.push_back(trial);
      return advance(next, scheduler.first_budget(history), value);
    }
    const auto promotion = scheduler.promote_at_end(history);
    return promotion && advance(promotion->trial, promotion->budget, value);
  }

  bool make(const Copy& copy, const Value& value) {
    HistoryTrial trial;
    trial.id = std::ssize(history.trials);
    trial.params = copy.params;
    trial.copy_of = copy.of;
    history.trials.push_back(trial);
    trace << trial.id << '<' << copy.of.parent << '/' << copy.of.replaces << '@' << copy.budget << ' ';
    return end(trial.id, copy.budget, value);
  }

  bool advance(std::int64_t id, double budget, const Value& value) {
    trace << id << '@' << budget << ' ';
    return end(id, budget, value);
  }

  bool end(std::int64_t id, double budget, const Value& value) {
    HistoryTrial& trial = history.trials[static_cast<std::size_t>(id)];
    trial.budget = budget;
    const double found = value(trial, budget);
    if (std::isnan(found)) {
      trial.state = TrialState::failed;
      trial.rungs.clear();
      return true;
    }
    trial.value = found;
    trial.rungs.push_back({budget, found});
    trial.state = budget == scheduler.rungs().back() ? TrialState::completed : TrialState::rested;
    return true;
  }

  double rate_of(std::int64_t id) const {
    return as_number(history.trials.at(static_cast<std::size_t>(id)).params.at("rate"));
  }

  const PopulationScheduler& scheduler;
  std::int64_t trials;
  SearchSpace space = rates();
  History history;
  std::ostringstream trace;
};

PopulationRules rules(std::size_t size, std::vector<double> rungs) {
  PopulationRules rules;
  rules.size = size;
  rules.rungs = std::move(rungs);
  return rules;
}

/// The lower the number the better; a copy is as good as its parent.
double by_number(const HistoryTrial& trial, double budget) {
  return static_cast<double>(trial.copy_of ? trial.copy_of->parent : trial.id) + 1 / budget;
}

TEST(Pbt, CopiesTheBestQuarterInPlaceOfTheWorst) {
  const PbtScheduler pbt(rules(4, {2, 4, 6}), 0.25);
  Population population(pbt);
  population.play(by_number);
  // The copy of trial 0 ranks behind it, so that the next one to go is trial 2.
  EXPECT_EQ(population.trace.str(), "0@2 1@2 2@2 3@2 4<0/3@4 0@4 1@4 2@4 5<0/2@6 0@6 4@6 1@6 ");
}

TEST(Pbt, APlaceOfAFailedTrialIsFilledToo) {
  const PbtScheduler pbt(rules(4, {2, 4}), 0.25);
  Population population(pbt);
  population.play([](const HistoryTrial& trial, double budget) {
    return trial.id == 0 || trial.id == 2 ? std::nan("") : by_number(trial, budget);
  });
  EXPECT_EQ(population.trace.str(), "0@2 1@2 2@2 3@2 4<1/0@4 5<1/2@4 1@4 3@4 ");
}

TEST(Pbt, IsOverWhenAllHaveFailed) {
  const PbtScheduler pbt(rules(4, {2, 4}), 0.25);
  Population population(pbt);
  population.play([](const HistoryTrial&, double) { return std::nan(""); });
  EXPECT_EQ(population.trace.str(), "0@2 1@2 2@2 3@2 ");
}

TEST(Pbt, ShrinksWhereTheBudgetAllowsNoCopy) {
  const PbtScheduler pbt(rules(8, {1, 2, 3}), 0.25);
  Population population(pbt, 9);
  population.play(by_number);
  EXPECT_EQ(population.trace.str(),
            "0@1 1@1 2@1 3@1 4@1 5@1 6@1 7@1 8<0/6@2 0@2 1@2 2@2 3@2 4@2 5@2 0@3 8@3 1@3 2@3 3@3 4@3 ");
}

TEST(Pbt, APopulationThatNeverBecameCompleteTrainsToTheEnd) {
  const PbtScheduler pbt(rules(4, {2, 4, 6}), 0.25);
  Population population(pbt, 2);
  population.play(by_number);
  EXPECT_EQ(population.trace.str(), "0@2 1@2 0@4 1@4 0@6 1@6 ");
}

TEST(Pbt, WaitsForTheWholePopulation) {
  const PbtScheduler pbt(rules(4, {2, 4}), 0.25);
  Population population(pbt);
  for (int i = 0; i < 4; ++i) population.step(by_number);
  population.history.trials[1].state = TrialState::running;
  population.history.trials[1].rungs.clear();
  RandomStream random(1, 4, "copy");
  EXPECT_FALSE(pbt.copy(population.space, population.history, random));
  EXPECT_FALSE(pbt.promote(population.history));
  EXPECT_FALSE(pbt.wants_new(population.history));
}

TEST(Pbt, RungsAreAnIntervalApart) {
  EXPECT_EQ(population_rungs(4, std::nullopt, 10), (std::vector<double>{4, 8, 10}));
  EXPECT_EQ(population_rungs(std::nullopt, 5, 10), (std::vector<double>{5, 10}));
  EXPECT_EQ(population_rungs(std::nullopt, std::nullopt, 25).front(), 3);
}

/// What a unit of training gains depends on the rate alone: most at .8.
double gained(const History& history, const HistoryTrial& trial, double budget) {
  const auto from = trial.rungs.empty() && trial.copy_of ? static_cast<std::size_t>(trial.copy_of->parent)
                                                         : static_cast<std::size_t>(trial.id);
  double before = 10;
  for (const RungValue& rung : history.trials[from].rungs) before = rung.budget < budget ? rung.value : before;
  const double away = as_number(trial.params.at("rate")) - 0.8;
  return before - std::exp(-10 * away * away);
}

TEST(Pb2, DecidesInThisOrder) {
  const Pb2Scheduler pb2(rules(4, {2, 4, 6}));
  Population population(pb2);
  population.play(by_number);
  EXPECT_EQ(population.trace.str(), "0@2 1@2 2@2 3@2 4<0/3@4 0@4 1@4 2@4 5<0/2@6 0@6 4@6 1@6 ");
}

TEST(Pb2, LearnsWhichRatesGainMost) {
  const Pb2Scheduler pb2(rules(8, {1, 2, 3, 4, 5, 6, 7, 8}));
  Population population(pb2);
  population.play([&](const HistoryTrial& trial, double budget) { return gained(population.history, trial, budget); });
  ASSERT_EQ(population.history.trials.size(), 8u + 2u * 7u);
  double away = 0;
  for (std::int64_t id = 14; id < 22; ++id) away += std::abs(population.rate_of(id) - 0.8) / 8;
  EXPECT_LT(away, 0.15);
}

TEST(Pb2, TwoCopiesOfOneRungKeepApart) {
  const Pb2Scheduler pb2(rules(8, {1, 2, 3, 4}));
  Population population(pb2);
  population.play([&](const HistoryTrial& trial, double budget) { return gained(population.history, trial, budget); });
  std::set<double> rates;
  for (std::int64_t id = 8; id < 14; ++id) rates.insert(population.rate_of(id));
  EXPECT_EQ(rates.size(), 6u);
}

}  // namespace
}  // namespace hone
