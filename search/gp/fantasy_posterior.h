#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "search/gp/gaussian_process.h"

namespace hone {

/// What a model says once pending trials have brought what draws from it give them.
///
/// Pending points get joint draws from the posterior, noise included (Snoek, Larochelle and Adams 2012, §3.2); a draw
/// moves the means, the deviation is common to all. With the factor extended by the pending rows and w = L⁻¹(y − m),
/// the draw with normals ε has the whitened values [w; ε].
class FantasyPosterior {
 public:
  /// `normals` [pending, draws] column-major: a draw is contiguous. Without pending points one draw of nothing.
  FantasyPosterior(const GaussianProcess& model, const Points& pending, std::span<const double> normals);

  std::size_t draws() const { return draws_; }
  /// Known and pending points, in this order.
  std::size_t size() const { return points_.size(); }
  std::size_t dimensions() const { return points_.dimensions; }
  /// Posterior mean of each known and pending point under each draw, [size, draws] column-major.
  const std::vector<double>& means_at_points() const { return means_at_points_; }

  /// Posterior of some points, and what their gradients need.
  struct Marginals {
    /// [draws, points] column-major: those of a point are contiguous.
    std::vector<double> means;
    /// Of the function, one a point; never below 1e-9 of the signal's, where rounding decides.
    std::vector<double> deviations;
    std::vector<bool> floored;
    /// L⁻¹k, [size, points].
    std::vector<double> solved;
  };
  Marginals marginals(const Points& points) const;
  /// Adds to `gradients` [points, dimensions] those of a function with these derivatives by the means [draws, points]
  /// and by the deviations [points]. `marginals` were made of the same points.
  void add_gradients(const Points& points, Marginals marginals, std::span<const double> by_means,
                     std::span<const double> by_deviations, std::vector<double>& gradients) const;

 private:
  Kernel kernel_;
  Points points_;
  Cholesky factor_;
  double mean_ = 0;
  std::size_t draws_ = 1;
  /// K⁻¹(y − m) [size, draws] column-major.
  std::vector<double> weights_;
  std::vector<double> means_at_points_;
};

}  // namespace hone
