#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/random.h"
#include "search/gp/kernel_products.h"
#include "search/samplers/parzen_kernels.h"
#include "search/samplers/trial_points.h"
#include "search/trial/search_space.h"

namespace hone {

/// A mixture of product kernels over a space, one kernel per observed point and a wide one as prior (Bergstra et al.
/// 2011; search.md §8).
///
/// Points are those of TrialPoints. Continuous parameters have densities on the unit interval, all others probabilities
/// of their levels. The density of a point is that of its active parameters; where an observation lacks one of them its
/// kernel is as wide as the prior's. So what is active together is modelled together, and all branches of a conditional
/// space add up to one.
class ParzenMixture {
 public:
  using Point = std::vector<double>;
  static constexpr double kAbsent = TrialPoints::kAbsent;

  /// What the prior kernel is: as wide as the space, or in each parameter that has one the user's prior.
  enum class Prior { wide, of_user };

  /// Keeps a reference to the space. `points` are sorted from old to new: beyond 25 the older weigh less.
  ParzenMixture(const SearchSpace& space, const TrialPoints::Columns& points, Prior prior = Prior::wide);

  Point draw(RandomStream& random) const;
  /// Log density of each point, to about 1e-4: sums over kernels are in single precision.
  std::vector<double> log_densities(std::span<const Point> points) const;

 private:
  /// Every point has the parameter and its peaks are in the products' weights.
  static bool is_always_there(const SpaceParameter& parameter) { return parameter.levels == 0 && !parameter.when; }

  const SearchSpace& space_;
  bool has_conditions_ = false;
  std::vector<ParzenKernels> kernels_;
  /// Normalised; the prior's is the last.
  std::vector<double> weights_;
  /// Of the weights and all continuous parameters, in the order of the space.
  KernelProducts products_;
};

}  // namespace hone
