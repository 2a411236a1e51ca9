#include "search/samplers/nsga_sampler.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "search/samplers/nsga_niching.h"
#include "search/samplers/nsga_variation.h"
#include "search/samplers/observations.h"
#include "search/samplers/sobol_sampler.h"
#include "search/samplers/unseen.h"

namespace hone {
namespace {

constexpr Field<NsgaOptions> kFields[] = {
    {"population",
     &NsgaOptions::population,
     {.low = 2, .high = 10000},
     "best trials that may become parents; without it 50, from three objectives on 100"},
};

/// Children tried for an unseen configuration before one is drawn at random.
constexpr int kChildren = 100;

/// The part of is_better that comes before the objectives.
bool is_admitted_before(const Observation& a, const Observation& b) {
  return std::make_tuple(a.violation, -a.reached) < std::make_tuple(b.violation, -b.reached);
}

/// The best `size` observations, by is_better.
std::vector<Observation> crowded_population(std::vector<Observation> observed, std::size_t size) {
  std::sort(observed.begin(), observed.end(), is_better);
  if (observed.size() > size) observed.resize(size);
  return observed;
}

/// The same, but among feasible observations that reached as much and do not all fit niches decide.
std::vector<Observation> niched_population(std::vector<Observation> observed, std::size_t size, RandomStream& random) {
  std::sort(observed.begin(), observed.end(), is_better);
  if (observed.size() <= size) return observed;
  const auto [first, last] = std::equal_range(observed.begin(), observed.end(), observed[size], is_admitted_before);
  if (!first->is_feasible()) return crowded_population(std::move(observed), size);
  std::vector<Observation> population(observed.begin(), first);
  std::vector<ObjectiveVector> points;
  for (auto one = first; one != last; ++one) points.push_back(objectives_of(*one));
  const std::size_t objectives = points.front().size();
  const std::int64_t divisions = divisions_within(objectives, static_cast<std::int64_t>(size));
  const auto references = reference_points(objectives, divisions);
  for (const std::size_t i : niched(points, references, size - population.size(), random)) {
    population.push_back(first[static_cast<std::ptrdiff_t>(i)]);
  }
  return population;
}

/// The better of two random members; among equal ones the first drawn.
template <class IsBefore>
const HistoryTrial& tournament_winner(const std::vector<Observation>& population, const IsBefore& is_before,
                                      RandomStream& random) {
  const auto size = static_cast<std::int64_t>(population.size());
  const Observation& first = population[static_cast<std::size_t>(random.index(size))];
  const Observation& second = population[static_cast<std::size_t>(random.index(size))];
  return is_before(second, first) ? *second.trial : *first.trial;
}

}  // namespace

std::span<const Field<NsgaOptions>> nsga_fields() { return kFields; }

NsgaSampler::NsgaSampler(NsgaRule rule, const NsgaOptions& options, const ExperimentSpec& spec)
    : rule_(rule),
      population_(options.population.value_or(spec.objectives.size() < 3 ? 50 : 100)),
      initial_(spec.sampler.initial.value_or(population_)),
      dedupe_(spec.sampler.dedupe),
      study_seed_(static_cast<std::uint64_t>(spec.study.seed)) {}

std::optional<Suggestion> NsgaSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                               RandomStream& random) const {
  const Unseen unseen(space, history, dedupe_);
  std::vector<Observation> observed = observations(history);
  if (next < initial_ || observed.empty()) {
    return as_suggestion(sobol_params(space, unseen, study_seed_, next, random), R"({"arm":"sobol"})");
  }
  // Goals in turn have an order of their own and no front to spread over.
  const bool niches = rule_ == NsgaRule::niches && history.tolerances.empty();
  const auto size = static_cast<std::size_t>(population_);
  const std::vector<Observation> population =
      niches ? niched_population(std::move(observed), size, random) : crowded_population(std::move(observed), size);
  // NSGA-III chooses among feasible survivors by chance: the niches have kept the best of each direction.
  const auto is_before = niches ? is_admitted_before : is_better;
  for (int i = 0; i < kChildren; ++i) {
    const HistoryTrial& first = tournament_winner(population, is_before, random);
    const HistoryTrial& second = tournament_winner(population, is_before, random);
    Params child = child_of(space, first.params, second.params, random);
    if (!unseen.has(child)) continue;
    const std::string arm = rule_ == NsgaRule::niches ? "nsga3" : "nsga2";
    const std::string parents = std::to_string(first.id) + "," + std::to_string(second.id);
    return as_suggestion(std::move(child), R"({"arm":")" + arm + R"(","parents":[)" + parents + "]}");
  }
  return as_suggestion(unseen.draw(random), R"({"arm":"random"})");
}

}  // namespace hone
