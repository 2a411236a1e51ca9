#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "search/schedulers/rung_ranking.h"
#include "search/schedulers/scheduler.h"

namespace hone {

/// How a population lives.
struct PopulationRules {
  std::size_t size = 8;
  /// Share of it that is replaced by copies of as large a share at each rung.
  double quantile = 0.25;
  std::vector<double> rungs;
  std::vector<double> tolerances = {};
};

/// What the trials of a population may do next.
struct PopulationStep {
  /// A trial that rests and may go on.
  std::optional<Promotion> promotion;
  /// A place to be filled by a copy.
  struct Vacancy {
    /// The members at the last rung, best first, and how many of them may be copied.
    std::vector<RungMember> ranked;
    std::size_t parents = 1;
    const HistoryTrial* loser = nullptr;
    /// Budget of the rung and of the copy.
    double rung = 0;
    double next = 0;
  };
  std::optional<Vacancy> vacancy;
};

/// The first trials, up to the size of the population, that are no copies.
std::vector<const HistoryTrial*> founders(const History& history, std::size_t size);

/// Goes through a population's rungs. When all members rest at a rung (or have failed or were stopped, which makes them
/// the worst), those of the lowest quantile and the dead lose their places to copies of those of the highest quantile,
/// and the others go on. Where a copy was not made before the others went on (the budget allowed no trial more) the
/// population is smaller from there. Nothing happens before the population is complete, unless `as_it_is`.
PopulationStep next_step(const History& history, const PopulationRules& rules, bool as_it_is = false);

}  // namespace hone
