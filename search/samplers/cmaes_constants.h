#pragma once

#include <cstddef>
#include <vector>

namespace hone {

/// Strategy parameters of CMA-ES by dimension and population (Hansen 2016, "The CMA evolution strategy: a tutorial",
/// table 1). The names in brackets are the tutorial's.
struct CmaesConstants {
  /// The separable variant learns n instead of n² numbers and so may learn (n + 2)/3 times as fast (Ros, Hansen 2008).
  CmaesConstants(std::size_t dimensions, std::size_t population, bool separable);

  std::size_t dimensions;
  /// [λ]
  std::size_t population;
  bool separable;
  /// One a rank, best first [w]: the better half is positive and sums to 1, the worse half negative or zero.
  std::vector<double> weights;
  /// Number of points that the positive weights are worth [μ_eff].
  double effective = 0;
  /// Rates of the path and damping of the step size [c_σ, d_σ].
  double sigma_rate = 0;
  double sigma_damping = 0;
  /// Rates of the path, of the rank-one and of the rank-μ update of the covariance [c_c, c_1, c_μ].
  double path_rate = 0;
  double rank_one = 0;
  double rank_mu = 0;
  /// Expected length of a standard normal vector [χ_n].
  double expected_length = 0;
};

/// 4 + ⌊3 ln n⌋.
std::size_t default_population(std::size_t dimensions);

}  // namespace hone
