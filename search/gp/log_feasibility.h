#pragma once

#include <vector>

#include "search/gp/acquisition.h"
#include "search/gp/fantasy_posterior.h"

namespace hone {

/// log Φ(z) and its derivative, without underflow (search.md §5): for z ≤ −3 by the continued fraction of Mills' ratio.
struct LogNormalCdf {
  double value = 0;
  double slope = 0;
};
LogNormalCdf log_normal_cdf(double z);

struct FeasibilityOptions {
  /// Added to the deviation of the function: that of an observation when it is observations that must be below.
  double noise_variance = 0;
  /// How many deviations below the threshold a point must lie to be feasible with probability ½ here: Φ⁻¹(p) asks for
  /// feasibility with probability p.
  double margin = 0;
  /// Values below become this and have no gradient, so that one hopeless constraint does not drown all else.
  double floor = -20;
};

/// Logarithm of the probability that a function stays below a threshold: log Φ((τ − μ)/σ − margin) (Gardner et al.
/// 2014, "Bayesian optimization with inequality constraints", §3.2; search.md §14).
class LogFeasibility final : public Acquisition {
 public:
  LogFeasibility(const GaussianProcess& model, double threshold, const FeasibilityOptions& options);

  std::vector<double> values(const Points& points) const override;
  WithGradients with_gradients(const Points& points) const override;

 private:
  WithGradients evaluate(const Points& points, bool with_gradients) const;

  FantasyPosterior posterior_;
  double threshold_;
  FeasibilityOptions options_;
};

}  // namespace hone
