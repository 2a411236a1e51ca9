#pragma once

#include "search/schedulers/generations.h"
#include "search/schedulers/scheduler.h"

namespace hone {

/// Base of the schedulers that train a population side by side and let good members take the places of bad ones
/// (generations.h). They wait for all members at each rung, so that decisions do not depend on timing.
class PopulationScheduler : public Scheduler {
 public:
  explicit PopulationScheduler(PopulationRules rules) : rules_(std::move(rules)) {}

  std::vector<double> rungs() const final { return rules_.rungs; }
  double first_budget(const History&) const final { return rules_.rungs.front(); }
  Verdict judge(const History&, std::int64_t) const final { return Verdict::keep; }
  std::optional<Promotion> promote(const History& history) const final { return next_step(history, rules_).promotion; }
  /// A population that could not become complete goes on as it is.
  std::optional<Promotion> promote_at_end(const History& history) const final {
    return next_step(history, rules_, /*as_it_is=*/true).promotion;
  }
  std::optional<Copy> copy(const SearchSpace& space, const History& history, RandomStream& random) const final;
  bool wants_new(const History& history) const final { return founders(history, rules_.size).size() < rules_.size; }

 protected:
  const PopulationRules& rules() const { return rules_; }

 private:
  /// Parameters of a copy of `parent` that fills the vacancy.
  virtual Params explored(const SearchSpace& space, const History& history, const PopulationStep::Vacancy& vacancy,
                          const HistoryTrial& parent, RandomStream& random) const = 0;

  PopulationRules rules_;
};

/// interval, 2·interval, …, max. `interval` nothing = `min`, else a tenth of max in whole units.
std::vector<double> population_rungs(const std::optional<double>& interval, const std::optional<double>& min,
                                     double max);

}  // namespace hone
