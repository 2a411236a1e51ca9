#include "search/samplers/gp_model.h"

#include <algorithm>
#include <cmath>

#include "core/statistics.h"
#include "search/gp/fit.h"
#include "search/samplers/sobol_sequence.h"

namespace hone {
namespace {

/// Observations from which a warp is chosen by likelihood; below them the choice is worse than none (search.md §3).
constexpr std::size_t kWarpObservations = 25;
/// Observations up to which every ask fits anew; beyond, 25 fits a doubling are enough.
constexpr std::size_t kAlwaysFit = 50;
/// Known points around which candidates are drawn.
constexpr std::size_t kBestKnown = 5;
constexpr std::size_t kBestKnownOfSeveral = 20;

/// Deviations from what the others say of it beyond which the newest value speaks against the parameters.
constexpr double kSurprise = 3;

bool is_fit_due(const GpFacts& facts, std::size_t size) {
  if (facts.fitted > size) return true;
  return size - facts.fitted >= (size < kAlwaysFit ? 1 : (size + 24) / 25);
}

/// Whether the others would not have expected the newest value (search.md §4): its leave-one-out score α_n/√[K⁻¹]_nn,
/// which for the last row is the whitened value.
bool is_surprised(const GaussianProcess& process) { return std::abs(process.whitened().back()) > kSurprise; }

/// Facts brought up to date with the observations, whose raw targets become standardised warped ones.
GpFacts learn(GpData& data, const std::optional<GpFacts>& before, double budget, const std::optional<double>& bound,
              Warping warping) {
  GpFacts facts;
  facts.parameters = prior_mode(data.lengths(), /*additive=*/data.lengths() > 1);
  facts.budget = budget;
  const bool goes_on = before && before->budget == budget;
  if (before) facts.parameters = before->parameters;
  if (goes_on) facts = *before;
  const std::size_t size = data.points.size();
  bool is_new = !goes_on;
  if (warping == Warping::none) {
    facts.warp = {};
  } else if (size < kWarpObservations) {
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
    FitOptions options;
    if (before) options.start = facts.parameters;
    // Beyond, other optima are looked for whenever the number of observations has doubled.
    options.thorough = is_new || size <= kAlwaysFit || facts.warped == size;
    facts.parameters = fit(data, options);
    facts.fitted = size;
  }
  return facts;
}

}  // namespace

std::int64_t initial_points(std::size_t lengths, const std::optional<std::int64_t>& trials) {
  const std::int64_t wanted = std::clamp<std::int64_t>(static_cast<std::int64_t>(lengths) + 1, 5, 20);
  return trials ? std::min(wanted, std::max<std::int64_t>(3, *trials / 5)) : wanted;
}

FittedModel fit_model(const GpEmbedding& embedding, const std::vector<Observation>& observed,
                      const std::vector<double>& values, const std::optional<GpFacts>& before,
                      const std::optional<double>& bound, Warping warping) {
  GpData data = {{embedding.dimensions(), {}}, embedding.groups(), values};
  for (const Observation& observation : observed) {
    data.points.add(embedding.coordinates(embedding.unit_of(observation.trial->params)));
  }
  const GpFacts facts = learn(data, before, observed.front().reached, bound, warping);
  FittedModel fitted = {GaussianProcess(data, facts.parameters), facts, {}, OutcomeMap(values, data.targets)};
  if (facts.fitted < values.size() && is_surprised(fitted.process)) {
    FitOptions options;
    options.start = facts.parameters;
    options.thorough = false;
    fitted.facts.parameters = fit(data, options);
    fitted.facts.fitted = values.size();
    fitted.process = GaussianProcess(data, fitted.facts.parameters);
  }
  for (const double length : fitted.facts.parameters.log_lengths) fitted.lengths.push_back(std::exp(length));
  return fitted;
}

FittedModel fit_model(const GpEmbedding& embedding, const std::vector<Observation>& observed,
                      const std::optional<GpFacts>& before, const std::optional<double>& bound) {
  std::vector<double> values;
  for (const Observation& observation : observed) values.push_back(observation.value);
  return fit_model(embedding, observed, values, before, bound);
}

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

std::vector<std::vector<double>> best_known(const GpEmbedding& embedding, std::vector<Observation> observed) {
  std::sort(observed.begin(), observed.end(), is_better);
  const bool several = !observed.empty() && !observed.front().others.empty();
  std::vector<std::vector<double>> best;
  for (std::size_t i = 0; i < std::min(several ? kBestKnownOfSeveral : kBestKnown, observed.size()); ++i) {
    best.push_back(embedding.unit_of(observed[i].trial->params));
  }
  return best;
}

std::optional<Params> best_unseen(const GpEmbedding& embedding, const Acquisition& acquisition,
                                  const std::vector<double>& lengths, const std::vector<std::vector<double>>& best,
                                  const AcquisitionSearchOptions& options, const Unseen& unseen, RandomStream& random) {
  AcquisitionSearchOptions within = options;
  if (!within.is_allowed) within.is_allowed = allowed_points(embedding.space());
  for (const auto& unit : search_acquisition(embedding, acquisition, lengths, best, within, random)) {
    Params params = embedding.space().decode(unit);
    if (unseen.has(params)) return params;
  }
  return std::nullopt;
}

}  // namespace hone
