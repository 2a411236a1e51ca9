#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/random.h"
#include "search/gp/acquisition.h"
#include "search/gp/gaussian_process.h"
#include "search/gp/outcome_map.h"
#include "search/samplers/acquisition_search.h"
#include "search/samplers/gp_embedding.h"
#include "search/samplers/gp_facts.h"
#include "search/samplers/observations.h"
#include "search/samplers/unseen.h"
#include "search/trial/history.h"

// What every sampler with a Gaussian process is put together from: observations -> fitted model -> acquisition ->
// proposal.

namespace hone {

/// Sobol points before a model is worth its while: one more than parameters that vary (5–20, and at most a fifth of the
/// budget when that is more than 3).
std::int64_t initial_points(std::size_t lengths, const std::optional<std::int64_t>& trials);

/// The model of one objective and how it came about.
struct FittedModel {
  GaussianProcess process;
  GpFacts facts;
  /// Length scales, one a length scale of the embedding.
  std::vector<double> lengths;
  /// Of the values it was fitted to; thresholds and references go through it too.
  OutcomeMap map;
};
/// Warps, standardises and fits: at every ask up to 50 values, then 25 times until they have doubled and whenever the
/// newest value lies more than three deviations from what the others say of it. `values` are minimised, one an
/// observation; `before` are the facts of the last model of this objective; `bound` is a lower bound of the values.
/// With `warping` none the values are only standardised.
enum class Warping { by_likelihood, none };
FittedModel fit_model(const GpEmbedding& embedding, const std::vector<Observation>& observed,
                      const std::vector<double>& values, const std::optional<GpFacts>& before,
                      const std::optional<double>& bound, Warping warping = Warping::by_likelihood);
/// The same for the values of the observations themselves.
FittedModel fit_model(const GpEmbedding& embedding, const std::vector<Observation>& observed,
                      const std::optional<GpFacts>& before, const std::optional<double>& bound);

/// Coordinates of the trials whose values at `budget` are still to come.
Points pending_points(const GpEmbedding& embedding, const History& history, double budget);
/// Quasi-random normal draws [pending, draws] of what pending trials may bring.
std::vector<double> fantasy_normals(std::size_t pending, RandomStream& random);
/// Unit points of the best observations, five with one objective and up to twenty with several, best first.
std::vector<std::vector<double>> best_known(const GpEmbedding& embedding, std::vector<Observation> observed);

/// The unseen configuration with the largest acquisition, nothing when none of those looked at is unseen.
std::optional<Params> best_unseen(const GpEmbedding& embedding, const Acquisition& acquisition,
                                  const std::vector<double>& lengths, const std::vector<std::vector<double>>& best,
                                  const AcquisitionSearchOptions& options, const Unseen& unseen, RandomStream& random);

}  // namespace hone
