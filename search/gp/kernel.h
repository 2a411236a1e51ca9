#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "search/gp/points.h"

namespace hone {

/// What is fitted of a Gaussian process, as natural logarithms.
struct GpParameters {
  /// Of the joint part, one a group of coordinates.
  std::vector<double> log_lengths;
  double log_signal_variance = 0;
  double log_noise_variance = 0;
  /// Of the additive part, one a group of coordinates; empty = there is none.
  std::vector<double> log_single_lengths = {};
  double log_single_variance = 0;
};

/// Covariance of two points: a joint part in which all coordinates act together and an additive part, the mean over
/// groups of one function of a group alone (Duvenaud, Nickisch and Rasmussen 2011, order 1). Hyper-parameters act
/// nearly additively, and what one of them does is learnt along the whole line.
///
/// Each is a Matérn kernel of smoothness 5/2 (Rasmussen and Williams 2006, eq. 4.17): σ²(1 + q + q²/3)e^−q, q = √5 r,
/// r² = Σ (x_i − x'_i)²/ℓ_i² over its coordinates.
struct Kernel {
  /// Length scale of each coordinate and variance of the joint part.
  std::vector<double> lengths;
  double variance = 1;
  /// Length scale of each group and variance of the additive part as a whole.
  std::vector<double> single_lengths = {};
  double single_variance = 0;
  /// Group of each coordinate.
  std::vector<std::size_t> groups = {};

  bool is_additive() const { return !single_lengths.empty(); }
  /// k(x, x).
  double total_variance() const { return variance + single_variance; }
};

/// `groups[i]` is the group of coordinate i: the coordinates of one parameter share their length scales.
Kernel make_kernel(const GpParameters& parameters, const std::vector<std::size_t>& groups);

/// Kernel values between all points of `a` and all of `b`, column-major [a, b]: the column of a point of `b` is
/// contiguous.
std::vector<double> covariances(const Kernel& kernel, const Points& a, const Points& b);
/// Those between all pairs of points, [points, points]: the lower half; what lies above the diagonal is zero.
std::vector<double> lower_covariances(const Kernel& kernel, const Points& points);

/// For each asked point x_j the gradient of Σ_a weights[a, j]·k(x_a, x_j) by its coordinates, row-major [asked,
/// dimensions]; `weights` is column-major [known, asked].
std::vector<double> point_gradients(const Kernel& kernel, const Points& known, const Points& asked,
                                    std::span<const double> weights);

/// The derivatives of Σ_ab weights[a, b]·k(x_a, x_b) by the logarithms: [ℓ… , σ², single ℓ…, single σ²], the last two
/// only of an additive kernel. Of the symmetric `weights` [points, points] the lower half is read.
std::vector<double> parameter_gradients(const Kernel& kernel, const Points& points, std::span<const double> weights);

}  // namespace hone
