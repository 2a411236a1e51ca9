#include "search/schedulers/population_scheduler.h"

#include <cmath>

namespace hone {

std::optional<Copy> PopulationScheduler::copy(const SearchSpace& space, const History& history,
                                              RandomStream& random) const {
  const std::optional<PopulationStep::Vacancy> vacancy = next_step(history, rules_).vacancy;
  if (!vacancy) return std::nullopt;
  const auto chosen = static_cast<std::size_t>(random.index(static_cast<std::int64_t>(vacancy->parents)));
  const HistoryTrial& parent = *vacancy->ranked[chosen].trial;
  Copy copy;
  copy.of = {parent.id, vacancy->loser->id};
  copy.params = explored(space, history, *vacancy, parent, random);
  copy.budget = vacancy->next;
  return copy;
}

std::vector<double> population_rungs(const std::optional<double>& interval, const std::optional<double>& min,
                                     double max) {
  const double step = interval.value_or(min.value_or(std::ceil(max / 10)));
  std::vector<double> rungs;
  for (double rung = step; rung < max; rung += step) rungs.push_back(rung);
  rungs.push_back(max);
  return rungs;
}

}  // namespace hone
