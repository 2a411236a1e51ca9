#pragma once

#include <vector>

#include "search/gp/acquisition.h"
#include "search/gp/fantasy_posterior.h"

namespace hone {

/// Where the model knows least among the places that may still hold the optimum (GP-UCB-PE: Contal, Buffoni, Robicquet
/// and Vayatis 2013, §3): log of the deviation that is left once pending trials are known, wherever they lead. A place
/// whose lower bound μ − κσ lies above the best upper bound at a known point loses ten times the excess, in deviations
/// of the signal; the bounds are those without pending trials. What pending trials bring does not matter, so that any
/// number of proposals made side by side spread.
class PureExploration final : public Acquisition {
 public:
  PureExploration(const GaussianProcess& model, const Points& pending);

  std::vector<double> values(const Points& points) const override;
  WithGradients with_gradients(const Points& points) const override;

 private:
  WithGradients evaluate(const Points& points, bool with_gradients) const;

  FantasyPosterior known_;
  FantasyPosterior informed_;
  /// Of the signal.
  double scale_ = 1;
  /// Least upper bound of the optimum.
  double bound_ = 0;
};

}  // namespace hone
