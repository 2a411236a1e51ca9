#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/random.h"
#include "search/samplers/cmaes_constants.h"
#include "search/samplers/cmaes_covariance.h"

namespace hone {

/// The normal distribution N(m, σ²·A·C·A) from which a generation is drawn, and the paths that steer it. A is diagonal:
/// 1 but where a margin widened it (cmaes_margin.h).
struct CmaesDistribution {
  /// C = identity.
  CmaesDistribution(std::vector<double> mean, double sigma, bool separable);

  std::vector<double> mean;
  double sigma;
  CmaesCovariance covariance;
  /// A.
  std::vector<double> widening;
  /// p_σ and p_c.
  std::vector<double> sigma_path;
  std::vector<double> covariance_path;
  /// Updates so far.
  std::int64_t generation = 0;

  std::vector<double> draw(RandomStream& random) const;
  /// Standard deviation of one coordinate.
  double deviation(std::size_t i) const;
};

/// The distribution after a generation whose points, drawn from `before`, are `ranked` from best to worst [population]:
/// cumulative step-size adaptation and covariance update with negative weights (Hansen 2016, figure 6).
CmaesDistribution updated(const CmaesConstants& constants, const CmaesDistribution& before,
                          std::span<const std::vector<double>> ranked);

}  // namespace hone
