#include "search/samplers/gp_sampler.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/statistics.h"
#include "search/gp/fit.h"
#include "search/samplers/acquisition_search.h"
#include "search/samplers/gp_embedding.h"
#include "search/samplers/gp_facts.h"
#include "search/samplers/observations.h"
#include "search/samplers/sobol_sampler.h"
#include "search/samplers/sobol_sequence.h"
#include "search/samplers/unseen.h"

namespace hone {
namespace {

constexpr Field<GpOptions> kFields[] = {
    {"candidates",
     &GpOptions::candidates,
     {.low = 16},
     "points looked at for each proposal before the best are refined"},
};

/// Observations from which a warp is chosen by likelihood; below them the choice is worse than none (search.md §3).
constexpr std::size_t kWarpObservations = 25;
/// Observations up to which every ask fits anew; beyond, 25 fits a doubling are enough.
constexpr std::size_t kAlwaysFit = 50;
constexpr std::size_t kMaxObservations = 1500;
/// Known points around which candidates are drawn.
constexpr std::size_t kBestKnown = 5;

std::int64_t initial_points(std::size_t parameters, const std::optional<std::int64_t>& trials) {
  const std::int64_t wanted = std::clamp<std::int64_t>(static_cast<std::int64_t>(parameters) + 1, 5, 20);
  return trials ? std::min(wanted, std::max<std::int64_t>(3, *trials / 5)) : wanted;
}

/// The best half and the newest half of too many observations, in order of id.
std::vector<Observation> limited(std::vector<Observation> observed) {
  if (observed.size() <= kMaxObservations) return observed;
  std::sort(observed.begin(), observed.end(), is_better);
  const auto older = [](const Observation& a, const Observation& b) { return a.trial->id < b.trial->id; };
  const auto middle = observed.begin() + kMaxObservations / 2;
  std::sort(middle, observed.end(), older);
  observed.erase(middle, observed.end() - kMaxObservations / 2);
  std::sort(observed.begin(), observed.end(), older);
  return observed;
}

GpData data_of(const GpEmbedding& embedding, const std::vector<Observation>& observed) {
  GpData data = {{embedding.dimensions(), {}}, embedding.groups(), {}};
  for (const Observation& observation : observed) {
    data.points.add(embedding.coordinates(embedding.unit_of(observation.trial->params)));
    data.targets.push_back(observation.value);
  }
  return data;
}

bool is_fit_due(const GpFacts& facts, std::size_t size) {
  if (facts.fitted > size) return true;
  return size - facts.fitted >= (size < kAlwaysFit ? 1 : (size + 24) / 25);
}

/// Facts brought up to date with the observations, whose raw targets become standardised warped ones.
GpFacts learn(GpData& data, const std::optional<GpFacts>& before, double budget, const std::optional<double>& bound) {
  GpFacts facts;
  facts.parameters = prior_mode(data.lengths());
  facts.budget = budget;
  const bool goes_on = before && before->budget == budget;
  if (before) facts.parameters = before->parameters;
  if (goes_on) facts = *before;
  const std::size_t size = data.points.size();
  bool is_new = !goes_on;
  if (size < kWarpObservations) {
    facts.warp.kind = bound ? OutcomeWarp::Kind::log_bound : OutcomeWarp::Kind::identity;
    facts.warped = 0;
  } else if (facts.warped == 0 || size >= 2 * facts.warped) {
    const OutcomeWarp chosen = choose_warp(data, facts.parameters, bound);
    is_new = is_new || to_text(chosen) != to_text(facts.warp);
    facts.warp = chosen;
    facts.warped = size;
  }
  data.targets = standardised(apply(facts.warp, data.targets, bound).values);
  if (is_new || is_fit_due(facts, size)) {
    facts.parameters = fit(data, before ? std::optional(facts.parameters) : std::nullopt);
    facts.fitted = size;
  }
  return facts;
}

/// Trials whose values at `budget` are still to come.
Points pending_points(const GpEmbedding& embedding, const History& history, double budget) {
  Points points = {embedding.dimensions(), {}};
  for (const HistoryTrial& trial : history.trials) {
    if (!trial.teaches || (trial.state != TrialState::waiting && trial.state != TrialState::running)) continue;
    const bool known = std::any_of(trial.rungs.begin(), trial.rungs.end(),
                                   [&](const RungValue& rung) { return rung.budget == budget; });
    if (!known) points.add(embedding.coordinates(embedding.unit_of(trial.params)));
  }
  return points;
}

/// Quasi-random normal draws [pending, draws].
std::vector<double> fantasy_normals(std::size_t pending, RandomStream& random) {
  std::vector<double> normals;
  if (pending == 0) return normals;
  const SobolSequence sequence(pending, random.bits());
  const std::uint32_t draws = pending <= 4 ? 32 : 64;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    for (const double u : sequence.point(draw)) normals.push_back(normal_quantile(u));
  }
  return normals;
}

/// Unit points of the best known trials, best first.
std::vector<std::vector<double>> best_known(const GpEmbedding& embedding, std::vector<Observation> observed) {
  std::sort(observed.begin(), observed.end(), is_better);
  std::vector<std::vector<double>> best;
  for (std::size_t i = 0; i < std::min(kBestKnown, observed.size()); ++i) {
    best.push_back(embedding.unit_of(observed[i].trial->params));
  }
  return best;
}

std::optional<double> lower_bound_of(const ExperimentSpec& spec) {
  if (spec.objectives.empty() || !spec.objectives.front().bounds) return std::nullopt;
  const ObjectiveSpec& objective = spec.objectives.front();
  return objective.goal == Goal::minimize ? (*objective.bounds)[0] : -(*objective.bounds)[1];
}

}  // namespace

std::span<const Field<GpOptions>> gp_fields() { return kFields; }

GpSampler::GpSampler(const GpOptions& options, const ExperimentSpec& spec)
    : candidates_(options.candidates),
      initial_(spec.sampler.initial),
      trials_(spec.budget.trials),
      dedupe_(spec.sampler.dedupe),
      study_seed_(static_cast<std::uint64_t>(spec.study.seed)),
      bound_(lower_bound_of(spec)) {}

std::optional<Suggestion> GpSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                             RandomStream& random) const {
  const Unseen unseen(space, history, dedupe_);
  const GpEmbedding embedding(space);
  const std::int64_t initial = initial_.value_or(initial_points(embedding.lengths(), trials_));
  const std::vector<Observation> observed = limited(observations_at_one_budget(history, embedding.lengths() + 1));
  const auto needed = static_cast<std::size_t>(std::max<std::int64_t>(2, (initial + 1) / 2));
  if (next < initial || observed.size() < needed || embedding.dimensions() == 0) {
    return as_suggestion(sobol_params(space, unseen, study_seed_, next, random), R"({"arm":"sobol"})");
  }
  GpData data = data_of(embedding, observed);
  const double budget = observed.front().reached;
  const GpFacts facts = learn(data, newest_facts(history, embedding.lengths()), budget, bound_);
  const GaussianProcess model(data, facts.parameters);
  const Points pending = pending_points(embedding, history, budget);
  const LogExpectedImprovement acquisition(model, pending, fantasy_normals(pending.size(), random));
  std::vector<double> lengths;
  for (const double length : facts.parameters.log_lengths) lengths.push_back(std::exp(length));
  for (const std::vector<double>& unit :
       search_acquisition(embedding, acquisition, lengths, best_known(embedding, observed), candidates_, random)) {
    Params params = space.decode(unit);
    if (unseen.has(params)) return as_suggestion(std::move(params), notes_of(facts));
  }
  return as_suggestion(unseen.draw(random), R"({"arm":"random"})");
}

}  // namespace hone
