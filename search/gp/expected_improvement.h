#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "search/gp/acquisition.h"
#include "search/gp/gaussian_process.h"

namespace hone {

/// Logarithm of the expected improvement over the best posterior mean, averaged over what pending trials may bring.
///
/// Pending points get joint draws from the posterior, noise included (Snoek, Larochelle and Adams 2012, §3.2); a draw
/// moves means and the best mean, the deviation is common to all. With the factor extended by the pending rows and
/// w = L⁻¹(y − m), the draw with normals ε has the whitened values [w; ε]. In logs as Ament et al. 2023.
class LogExpectedImprovement final : public Acquisition {
 public:
  /// `normals` [pending, draws] column-major: a draw is contiguous. Without pending points one draw of nothing.
  LogExpectedImprovement(const GaussianProcess& model, const Points& pending, std::span<const double> normals);

  std::vector<double> values(const Points& points) const override;
  WithGradients with_gradients(const Points& points) const override;

 private:
  WithGradients evaluate(const Points& points, bool with_gradients) const;

  Kernel kernel_;
  Points points_;
  Cholesky factor_;
  double mean_ = 0;
  std::size_t draws_ = 1;
  /// K⁻¹(y − m) [size, draws] column-major, and the best posterior mean of each draw.
  std::vector<double> weights_;
  std::vector<double> best_;
};

}  // namespace hone
