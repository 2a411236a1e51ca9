#pragma once

#include <cstddef>
#include <vector>

#include "search/gp/points.h"

namespace hone {

/// What is fitted of a Gaussian process, as natural logarithms.
struct GpParameters {
  /// One a group of coordinates.
  std::vector<double> log_lengths;
  double log_signal_variance = 0;
  double log_noise_variance = 0;
};

/// Matérn kernel of smoothness 5/2 (Rasmussen and Williams 2006, eq. 4.17) with a length scale a coordinate:
/// k = σ²(1 + q + q²/3)e^−q, q = √5 r, r² = Σ (x_i − x'_i)²/ℓ_i².
struct Kernel {
  std::vector<double> lengths;
  double variance = 1;
};

/// `groups[i]` is the index of the length scale of coordinate i: the coordinates of one parameter share theirs.
Kernel make_kernel(const GpParameters& parameters, const std::vector<std::size_t>& groups);

/// Kernel values between all points of `a` and all of `b`, column-major [a, b]: the column of a point of `b` is
/// contiguous.
struct Covariances {
  std::vector<double> values;
  /// s = (5/3)σ²(1 + q)e^−q, with which ∂k/∂x_i = −s(x_i − x'_i)/ℓ_i² and ∂k/∂log ℓ_i = s(x_i − x'_i)²/ℓ_i².
  std::vector<double> slopes;
};
/// `slopes` stays empty unless asked for.
Covariances covariances(const Kernel& kernel, const Points& a, const Points& b, bool with_slopes);

}  // namespace hone
