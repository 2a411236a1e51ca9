#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "search/gp/cholesky.h"
#include "search/gp/kernel.h"
#include "search/gp/log_posterior.h"

namespace hone {

/// What the model says of one point: of the function, without the noise of an observation.
struct Prediction {
  double mean = 0;
  double variance = 0;
  /// By the coordinates of the point.
  std::vector<double> mean_gradient;
  std::vector<double> variance_gradient;
};

/// What the model would have said of an observation had it not been made, noise included.
struct LeftOut {
  double mean = 0;
  double variance = 0;
};

/// Gaussian process with Matérn-5/2 kernel, constant mean by generalised least squares and Gaussian noise, conditioned
/// on data (Rasmussen and Williams 2006, algorithm 2.1 and §2.7). O(n³) to make, O(n²) to extend and to ask.
class GaussianProcess {
 public:
  GaussianProcess(const GpData& data, const GpParameters& parameters);

  /// One more observation.
  void append(std::span<const double> point, double target);
  Prediction predict(std::span<const double> point) const;
  /// Rasmussen and Williams 2006, eq. 5.12, one an observation; the mean and the parameters are not estimated anew.
  std::vector<LeftOut> leave_one_out() const;

  std::size_t size() const { return points_.size(); }
  const Points& points() const { return points_; }
  const Kernel& kernel() const { return kernel_; }
  double noise_variance() const { return noise_variance_; }
  double mean() const { return mean_; }
  const Cholesky& factor() const { return factor_; }
  /// L⁻¹(y − mean).
  std::span<const double> whitened() const { return whitened_; }
  /// K⁻¹(y − mean): the mean at x is mean + Σ_a k(x, x_a)·weights_a.
  std::span<const double> weights() const { return weights_; }

 private:
  void solve();

  Kernel kernel_;
  double noise_variance_ = 0;
  Points points_;
  std::vector<double> targets_;
  Cholesky factor_;
  double mean_ = 0;
  std::vector<double> whitened_;
  std::vector<double> weights_;
};

}  // namespace hone
