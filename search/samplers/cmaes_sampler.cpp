#include "search/samplers/cmaes_sampler.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "search/samplers/cmaes_constants.h"
#include "search/samplers/cmaes_coordinates.h"
#include "search/samplers/cmaes_notes.h"
#include "search/samplers/sobol_sampler.h"
#include "search/samplers/unseen.h"

namespace hone {
namespace {

constexpr std::string_view kCovariances[] = {"auto", "full", "separable"};
constexpr std::string_view kRestarts[] = {"none", "ipop", "bipop"};
constexpr std::string_view kNoises[] = {"auto", "adapt", "ignore"};

constexpr Field<CmaesOptions> kFields[] = {
    {"population",
     &CmaesOptions::population,
     {.low = 4},
     "trials of a generation; without it 4 + 3 ln n for n coordinates"},
    {"sigma",
     &CmaesOptions::sigma,
     {.low = 0, .high = 1, .above_low = true},
     "standard deviation of the first generation, as a share of each range"},
    {"covariance",
     &CmaesOptions::covariance,
     {.words = kCovariances},
     "full learns how parameters depend on each other, separable only their scales, and sooner; auto is separable "
     "above "
     "20 coordinates with at most 100 trials each"},
    {"restarts",
     &CmaesOptions::restarts,
     {.words = kRestarts},
     "after a run has converged: ipop doubles the population, bipop makes small runs between, none goes on"},
    {"noise",
     &CmaesOptions::noise,
     {.words = kNoises},
     "adapt lowers the learning rates where values are noisy or rugged; auto does when the objective declares noise"},
    {"warm", &CmaesOptions::warm, {}, "start from the best tenth of earlier trials"},
};

/// Coordinates above which learning n² numbers takes too long for short studies, and trials a coordinate that are short
/// (Ros, Hansen 2008, section 4: the separable variant leads for about 100n evaluations).
constexpr std::size_t kManyCoordinates = 20;
constexpr std::int64_t kShort = 100;
/// Draws in the box and moved into it, before a run counts as used up.
constexpr std::int64_t kDraws = 2 * kCmaesRedraws;

CmaesRestarts restarts_named(const std::string& name) {
  if (name == "ipop") return CmaesRestarts::ipop;
  return name == "bipop" ? CmaesRestarts::bipop : CmaesRestarts::none;
}

}  // namespace

std::span<const Field<CmaesOptions>> cmaes_fields() { return kFields; }

CmaesSampler::CmaesSampler(const CmaesOptions& options, const ExperimentSpec& spec)
    : options_(options),
      initial_(spec.sampler.initial.value_or(0)),
      trials_(spec.budget.trials),
      noisy_(!spec.objectives.empty() && spec.objectives.front().noise.value_or(0) > 0),
      dedupe_(spec.sampler.dedupe),
      learn_failures_(spec.sampler.failures == "learn"),
      study_seed_(static_cast<std::uint64_t>(spec.study.seed)) {}

CmaesSettings CmaesSampler::settings(std::size_t dimensions) const {
  CmaesSettings settings;
  settings.first.population = options_.population.value_or(static_cast<std::int64_t>(default_population(dimensions)));
  settings.first.sigma = options_.sigma;
  settings.restarts = restarts_named(options_.restarts);
  const bool is_short = trials_ && *trials_ <= kShort * static_cast<std::int64_t>(dimensions);
  settings.separable = options_.covariance == "separable" ||
                       (options_.covariance == "auto" && dimensions > kManyCoordinates && is_short);
  settings.adapt_rates = options_.noise == "adapt" || (options_.noise == "auto" && noisy_);
  settings.warm = options_.warm;
  settings.learn_failures = learn_failures_;
  settings.study_seed = study_seed_;
  return settings;
}

std::optional<Suggestion> CmaesSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                                RandomStream& random) const {
  const Unseen unseen(space, history, dedupe_);
  if (next < initial_) {
    return as_suggestion(sobol_params(space, unseen, study_seed_, next, random), R"({"arm":"sobol"})");
  }
  const CmaesCoordinates coordinates(space);
  if (coordinates.size() == 0) return as_suggestion(unseen.draw(random), R"({"arm":"random"})");
  if (!replay_ || dimensions_ != coordinates.size()) replay_.emplace(settings(coordinates.size()));
  dimensions_ = coordinates.size();
  CmaesStand stand = replay_->stand(coordinates, history);
  for (int run = 0; run < 2; ++run) {
    for (std::int64_t draw = 0; draw < kDraws; ++draw) {
      const std::vector<double> point = drawn_point(coordinates, stand.distribution, study_seed_, next, draw);
      if (draw < kCmaesRedraws && !coordinates.is_inside(point)) continue;
      Params params = coordinates.params_of(point);
      if (!unseen.has(params)) continue;
      stand.note.draw = draw;
      return as_suggestion(std::move(params), to_notes(stand.note));
    }
    // Only tried configurations are left around here.
    if (options_.restarts == "none" || stand.note.start) break;
    stand = replay_->next_start(coordinates, history);
  }
  return as_suggestion(unseen.draw(random), R"({"arm":"random"})");
}

}  // namespace hone
