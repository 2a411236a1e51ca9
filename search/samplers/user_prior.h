#pragma once

#include <cstdint>
#include <optional>

#include "search/samplers/sampler.h"
#include "search/samplers/unseen.h"
#include "search/trial/search_space.h"

namespace hone {

/// Where a user believes the best value of a parameter to lie (`prior` and `confidence`; search.md §2): a normal cut to
/// the unit interval with standard deviation .25, .10 or .05 for low, medium or high confidence. Of unordered levels
/// the believed one has the mass .5, .8 or .9 (1 less two of these deviations); the rest is spread evenly over all.
class UserPrior {
 public:
  /// Keeps a reference. Nothing when the parameter has no prior.
  static std::optional<UserPrior> of(const SpaceParameter& parameter);

  /// Of ordered parameters.
  double centre() const { return centre_; }
  double deviation() const { return deviation_; }
  /// Of unordered parameters: the believed level, and the probability of each.
  std::int64_t level() const { return level_; }
  double probability(std::int64_t level) const;

  /// Log density at a unit coordinate relative to the uniform one, and its slope (0 for unordered parameters).
  double log_density(double unit) const;
  double slope(double unit) const;
  /// Inverse cdf: the unit coordinate below which this share of the belief lies; for unordered parameters the middle of
  /// its level.
  double unit_at(double share) const;

 private:
  UserPrior(const SpaceParameter& parameter, double deviation);

  const SpaceParameter* parameter_;
  double deviation_;
  double centre_ = 0.5;
  /// Cdf of the uncut normal at 0 and at 1.
  double below_ = 0;
  double above_ = 1;
  std::int64_t level_ = -1;
};

/// Whether any parameter has a prior.
bool has_priors(const SearchSpace& space);

/// The start-up trial `next` of a sampler with a model: point `next` of the study's Sobol sequence. With priors in the
/// space even trials are Sobol points bent to the priors and odd ones plain: neither a right belief is waited for nor a
/// wrong one believed alone. Nothing when a finite space is exhausted.
std::optional<Suggestion> start_suggestion(const SearchSpace& space, const Unseen& unseen, std::uint64_t study_seed,
                                           std::int64_t next, RandomStream& random);

}  // namespace hone
