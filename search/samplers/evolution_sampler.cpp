#include "search/samplers/evolution_sampler.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "search/samplers/observations.h"
#include "search/samplers/sobol_sampler.h"
#include "search/samplers/unseen.h"

namespace hone {
namespace {

constexpr Field<EvolutionOptions> kFields[] = {
    {"population", &EvolutionOptions::population, {.low = 1}, "newest trials that may become parents"},
    {"tournament", &EvolutionOptions::tournament, {.low = 1}, "members drawn for each proposal; the best is mutated"},
};

constexpr std::int64_t kInitial = 20;
/// Standard deviation of a mutation of an ordered parameter on its unit interval.
constexpr double kSpread = 0.15;
/// Mutations tried for an unseen configuration before one is drawn at random.
constexpr int kMutations = 100;

/// Back into the unit interval as from a mirror at its ends.
double reflect(double unit) {
  unit = std::fmod(std::abs(unit), 2.0);
  return unit > 1 ? 2 - unit : unit;
}

/// Another unit coordinate of the same parameter; of another level, where it has levels (at least two).
double mutate_coordinate(const SpaceParameter& parameter, double unit, RandomStream& random) {
  if (parameter.levels == 0) return reflect(unit + kSpread * random.normal());
  const std::int64_t level = parameter.level_of(parameter.value_at(unit));
  std::int64_t other = level;
  if (parameter.is_unordered()) {
    other = (level + 1 + random.index(parameter.levels - 1)) % parameter.levels;
  } else {
    const double move = kSpread * random.normal();
    other = parameter.level_of(parameter.value_at(reflect(unit + move)));
    if (other == level) other = move < 0 ? level - 1 : level + 1;
    if (other < 0) other = 1;
    if (other == parameter.levels) other = parameter.levels - 2;
  }
  const auto [low, high] = parameter.unit_interval(other);
  return (low + high) / 2;
}

/// A child that differs from its parent in one parameter; parameters that this makes active are drawn.
Params mutate(const SearchSpace& space, const Params& parent, RandomStream& random) {
  const std::vector<std::optional<double>> coordinates = space.encode(parent);
  std::vector<double> unit(space.size());
  std::vector<std::size_t> mutable_parameters;
  for (std::size_t i = 0; i < space.size(); ++i) {
    unit[i] = coordinates[i] ? *coordinates[i] : random.uniform();
    if (coordinates[i] && space.parameters()[i].levels != 1) mutable_parameters.push_back(i);
  }
  if (mutable_parameters.empty()) return parent;
  const auto choice = random.index(static_cast<std::int64_t>(mutable_parameters.size()));
  const std::size_t i = mutable_parameters[static_cast<std::size_t>(choice)];
  unit[i] = mutate_coordinate(space.parameters()[i], unit[i], random);
  return space.decode(unit);
}

const Observation& tournament_winner(std::span<const Observation> population, std::int64_t size, RandomStream& random) {
  const auto draw = [&]() -> const Observation& {
    return population[static_cast<std::size_t>(random.index(static_cast<std::int64_t>(population.size())))];
  };
  const Observation* winner = &draw();
  for (std::int64_t i = 1; i < size; ++i) {
    const Observation& rival = draw();
    if (is_better(rival, *winner)) winner = &rival;
  }
  return *winner;
}

}  // namespace

std::span<const Field<EvolutionOptions>> evolution_fields() { return kFields; }

EvolutionSampler::EvolutionSampler(const EvolutionOptions& options, const SamplerSpec& sampler,
                                   std::uint64_t study_seed)
    : options_(options),
      initial_(sampler.initial.value_or(std::min(options.population, kInitial))),
      dedupe_(sampler.dedupe),
      study_seed_(study_seed) {}

std::optional<Suggestion> EvolutionSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                                    RandomStream& random) const {
  const Unseen unseen(space, history, dedupe_);
  const std::vector<Observation> observed = observations(history);
  if (next < initial_ || observed.empty()) {
    return as_suggestion(sobol_params(space, unseen, study_seed_, next, random), R"({"arm":"sobol"})");
  }
  const auto alive = std::min(observed.size(), static_cast<std::size_t>(options_.population));
  const auto population = std::span(observed).last(alive);
  for (int i = 0; i < kMutations; ++i) {
    const HistoryTrial& parent = *tournament_winner(population, options_.tournament, random).trial;
    Params child = mutate(space, parent.params, random);
    if (!unseen.has(child)) continue;
    return as_suggestion(std::move(child), R"({"arm":"evolution","parent":)" + std::to_string(parent.id) + "}");
  }
  return as_suggestion(unseen.draw(random), R"({"arm":"random"})");
}

}  // namespace hone
