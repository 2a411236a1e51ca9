#include "search/samplers/de_sampler.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>
#include <vector>

#include "search/samplers/sobol_sampler.h"
#include "search/samplers/unseen.h"

namespace hone {
namespace {

constexpr std::string_view kVariants[] = {"jade", "rand1bin"};

constexpr Field<DeOptions> kFields[] = {
    {"variant",
     &DeOptions::variant,
     {.words = kVariants},
     "jade moves towards the best and learns its rates, rand1bin is the classic one with fixed rates"},
    {"population",
     &DeOptions::population,
     {.low = 5},
     "places trials compete for; without it five a parameter, 20 to 100"},
    {"weight", &DeOptions::weight, {.low = 0, .high = 2, .above_low = true}, "F of rand1bin: share of the difference"},
    {"crossover",
     &DeOptions::crossover,
     {.low = 0, .high = 1},
     "CR of rand1bin: probability that a parameter is not the target's"},
};

/// Members that a difference needs besides the target.
constexpr std::size_t kLeastMembers = 4;
/// Proposals tried for an unseen configuration before one is drawn at random.
constexpr int kProposals = 100;
/// Share of the best from which JADE takes its direction, and the spread of its rates.
constexpr double kBest = 0.1;
constexpr double kSpread = 0.1;

using Unit = std::vector<double>;

/// One proposal after the other for a place in the population.
class Evolution {
 public:
  Evolution(const SearchSpace& space, const DePopulation& population, const DeOptions& options, std::size_t place,
            RandomStream& random)
      : space_(space), population_(population), options_(options), random_(random) {
    for (const auto& holder : population.holders) {
      if (holder) members_.push_back(*holder);
    }
    std::sort(members_.begin(), members_.end(), is_better);
    target_ = population.holders[place] ? population.holders[place]->trial : nullptr;
  }

  std::size_t members() const { return members_.size(); }

  Params propose(DeRates& rates) {
    const HistoryTrial* target = target_ != nullptr ? target_ : other_than({});
    const bool jade = options_.variant == "jade";
    rates = jade ? drawn_rates() : DeRates{options_.weight, options_.crossover};
    const Unit x = unit_of(*target);
    const Unit mutant = jade ? towards_best(*target, x, rates.weight) : moved_member(*target, rates.weight);
    const auto always = static_cast<std::size_t>(random_.index(static_cast<std::int64_t>(x.size())));
    Unit child = x;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (i == always || random_.uniform() < rates.crossover) child[i] = mutant[i];
    }
    return space_.decode(child);
  }

 private:
  DeRates drawn_rates() {
    DeRates rates;
    do {
      const double cauchy = std::tan(std::numbers::pi * (random_.uniform() - 0.5));
      rates.weight = std::min(1.0, population_.mean_weight + kSpread * cauchy);
    } while (rates.weight <= 0);
    rates.crossover = std::clamp(population_.mean_crossover + kSpread * random_.normal(), 0.0, 1.0);
    return rates;
  }

  /// rand/1.
  Unit moved_member(const HistoryTrial& target, double weight) {
    const HistoryTrial* base = other_than({&target});
    const HistoryTrial* head = other_than({&target, base});
    const HistoryTrial* tail = other_than({&target, base, head});
    Unit mutant = moved(unit_of(*base), unit_of(*head), unit_of(*tail), weight);
    for (double& u : mutant) {
      if (u < 0 || u > 1) u = random_.uniform();
    }
    return mutant;
  }

  /// current-to-pbest/1 with archive; what leaves the cube stops halfway between the target and the edge.
  Unit towards_best(const HistoryTrial& target, const Unit& x, double weight) {
    const auto best = std::max<std::int64_t>(1, std::llround(kBest * static_cast<double>(members_.size())));
    const HistoryTrial& leader = *members_[static_cast<std::size_t>(random_.index(best))].trial;
    const HistoryTrial* head = other_than({&target});
    const auto beaten = static_cast<std::int64_t>(population_.archive.size());
    const std::int64_t place = random_.index(static_cast<std::int64_t>(members_.size()) + beaten);
    const HistoryTrial* tail =
        place < beaten ? population_.archive[static_cast<std::size_t>(place)] : other_than({&target, head});
    const Unit nearer = moved(x, unit_of(leader), x, weight);
    Unit mutant = moved(nearer, unit_of(*head), unit_of(*tail), weight);
    for (std::size_t i = 0; i < mutant.size(); ++i) {
      if (mutant[i] < 0) mutant[i] = x[i] / 2;
      if (mutant[i] > 1) mutant[i] = (1 + x[i]) / 2;
    }
    return mutant;
  }

  /// base + weight·(head − tail).
  Unit moved(Unit base, const Unit& head, const Unit& tail, double weight) {
    for (std::size_t i = 0; i < base.size(); ++i) {
      const SpaceParameter& parameter = space_.parameters()[i];
      if (!parameter.is_unordered()) {
        base[i] += weight * (head[i] - tail[i]);
      } else if (parameter.value_at(head[i]) != parameter.value_at(tail[i]) && random_.uniform() < weight) {
        base[i] = head[i];
      }
    }
    return base;
  }

  Unit unit_of(const HistoryTrial& trial) {
    Unit unit;
    for (const auto& coordinate : space_.encode(trial.params)) {
      unit.push_back(coordinate ? *coordinate : random_.uniform());
    }
    return unit;
  }

  /// A random member that is none of these; there are always more members than these.
  const HistoryTrial* other_than(const std::vector<const HistoryTrial*>& taken) {
    while (true) {
      const auto place = random_.index(static_cast<std::int64_t>(members_.size()));
      const HistoryTrial* member = members_[static_cast<std::size_t>(place)].trial;
      if (std::find(taken.begin(), taken.end(), member) == taken.end()) return member;
    }
  }

  const SearchSpace& space_;
  const DePopulation& population_;
  const DeOptions& options_;
  RandomStream& random_;
  /// Best first.
  std::vector<Observation> members_;
  const HistoryTrial* target_ = nullptr;
};

}  // namespace

std::span<const Field<DeOptions>> de_fields() { return kFields; }

DeSampler::DeSampler(const DeOptions& options, const SamplerSpec& sampler, std::uint64_t study_seed)
    : options_(options), initial_(sampler.initial), dedupe_(sampler.dedupe), study_seed_(study_seed) {}

std::optional<Suggestion> DeSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                             RandomStream& random) const {
  const Unseen unseen(space, history, dedupe_);
  const auto automatic = std::clamp<std::int64_t>(5 * static_cast<std::int64_t>(space.size()), 20, 100);
  const std::int64_t size = options_.population.value_or(automatic);
  const DePopulation population(history, static_cast<std::size_t>(size));
  Evolution evolution(space, population, options_, static_cast<std::size_t>(next % size), random);
  if (next < initial_.value_or(size) || evolution.members() <= kLeastMembers) {
    return as_suggestion(sobol_params(space, unseen, study_seed_, next, random), R"({"arm":"sobol"})");
  }
  for (int i = 0; i < kProposals; ++i) {
    DeRates rates;
    Params params = evolution.propose(rates);
    if (unseen.has(params)) return as_suggestion(std::move(params), de_notes(rates));
  }
  return as_suggestion(unseen.draw(random), R"({"arm":"random"})");
}

}  // namespace hone
