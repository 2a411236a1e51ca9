#include "search/samplers/cmaes_restarts.h"

#include <algorithm>
#include <cmath>

namespace hone {

CmaesRun next_run(CmaesRestarts restarts, const std::vector<FinishedCmaesRun>& finished, RandomStream& random) {
  const CmaesRun& first = finished.front().run;
  std::int64_t largest = first.population;
  std::int64_t large_trials = 0;
  std::int64_t small_trials = 0;
  std::int64_t last_large = 0;
  for (const FinishedCmaesRun& past : finished) {
    largest = std::max(largest, past.run.population);
    (past.run.large ? large_trials : small_trials) += past.trials;
    if (past.run.large) last_large = past.trials;
  }
  CmaesRun next;
  if (restarts == CmaesRestarts::bipop && small_trials < large_trials) {
    const double share = random.uniform();
    const double doublings = static_cast<double>(largest) / (2 * static_cast<double>(first.population));
    next.population =
        static_cast<std::int64_t>(static_cast<double>(first.population) * std::pow(doublings, share * share));
    next.sigma = first.sigma * std::pow(10, -2 * random.uniform());
    next.limit = std::max(last_large / 2, next.population);
  } else {
    next.population = 2 * largest;
    next.sigma = first.sigma;
    next.large = true;
  }
  return next;
}

}  // namespace hone
