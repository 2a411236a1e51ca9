#include "search/pool_sampler.h"

#include <limits>
#include <set>
#include <string>
#include <vector>

namespace hone {
namespace {

using Unit = std::vector<std::optional<double>>;

double squared_distance(const SearchSpace& space, const Unit& a, const Unit& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!a[i] && !b[i]) continue;
    if (!a[i] || !b[i] || space.parameters()[i].is_unordered()) {
      sum += a[i] == b[i] ? 0 : 1;
    } else {
      sum += (*a[i] - *b[i]) * (*a[i] - *b[i]);
    }
  }
  return sum;
}

}  // namespace

std::optional<Suggestion> PoolSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                               RandomStream& random) const {
  std::optional<Suggestion> suggestion;
  if (next == 0 && first_) {
    suggestion.emplace();
    suggestion->params = *first_;
  } else {
    suggestion = sampler_->suggest(space, history, next, random);
  }
  if (!suggestion) return std::nullopt;
  std::optional<Params> params = nearest_unused(space, history, suggestion->params);
  if (!params) return std::nullopt;
  suggestion->params = std::move(*params);
  return suggestion;
}

std::optional<Params> PoolSampler::nearest_unused(const SearchSpace& space, const History& history,
                                                  const Params& wanted) const {
  std::set<std::string> used;
  for (const HistoryTrial& trial : history.trials) used.insert(space.key(trial.params));
  const Unit place = space.encode(wanted);
  const RecordedRun* nearest = nullptr;
  double smallest = std::numeric_limits<double>::infinity();
  for (const RecordedRun& run : pool_.runs()) {
    const double distance = squared_distance(space, place, space.encode(run.params));
    if (distance >= smallest || used.count(space.key(run.params)) != 0) continue;
    smallest = distance;
    nearest = &run;
  }
  return nearest == nullptr ? std::nullopt : std::optional<Params>(nearest->params);
}

}  // namespace hone
