#pragma once

#include <span>
#include <vector>

#include "search/gp/acquisition.h"
#include "search/gp/fantasy_posterior.h"

namespace hone {

/// Logarithm of the expected improvement over the best posterior mean, averaged over what pending trials may bring. In
/// logs as Ament et al. 2023.
class LogExpectedImprovement final : public Acquisition {
 public:
  /// `pending` and `normals` as in FantasyPosterior. `eligible` says of each known point whether it may be the best,
  /// for those that violate a constraint may not; empty = all may. At least one must.
  LogExpectedImprovement(const GaussianProcess& model, const Points& pending, std::span<const double> normals,
                         const std::vector<bool>& eligible = {});

  std::vector<double> values(const Points& points) const override;
  WithGradients with_gradients(const Points& points) const override;

 private:
  WithGradients evaluate(const Points& points, bool with_gradients) const;

  FantasyPosterior posterior_;
  /// The best posterior mean of each draw.
  std::vector<double> best_;
};

}  // namespace hone
