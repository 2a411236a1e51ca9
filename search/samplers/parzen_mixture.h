#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/random.h"
#include "search/samplers/user_prior.h"
#include "search/trial/search_space.h"

namespace hone {

/// A mixture of product kernels over a space, one kernel per observed point and a wide one as prior (Bergstra et al.
/// 2011; kernels and widths as in search.md §2 and §8).
///
/// A point holds one number per parameter: the unit coordinate of a continuous one, the level of any other, kAbsent of
/// an inactive one. Continuous parameters have densities on the unit interval, all others probabilities of their
/// levels. The density of a point is that of its active parameters; where an observation lacks one of them its kernel
/// is as wide as the prior's. So what is active together is modelled together, and all branches of a conditional space
/// add up to one.
class ParzenMixture {
 public:
  using Point = std::vector<double>;
  static constexpr double kAbsent = -1;

  /// What the prior kernel is: as wide as the space, or in each parameter that has one the user's prior.
  enum class Prior { wide, of_user };

  /// Keeps a reference to the space. `points` are sorted from old to new: beyond 25 the older weigh less.
  ParzenMixture(const SearchSpace& space, std::span<const Point> points, Prior prior = Prior::wide);

  Point draw(RandomStream& random) const;
  /// Log density of each point.
  std::vector<double> log_densities(std::span<const Point> points) const;

 private:
  /// The kernels of one parameter: normals cut to the unit interval, or weights of unordered levels.
  struct Dimension {
    const SpaceParameter* parameter = nullptr;
    /// The user's, where the prior kernel is made of it.
    std::optional<UserPrior> prior = {};
    /// Kernels with a place of their own, the prior's included.
    double kernels = 1;
    /// Ordered: centre, width, cdf of the uncut normal at 0 and at 1 per kernel.
    std::vector<double> centres;
    std::vector<double> widths;
    std::vector<double> below;
    std::vector<double> above;
    /// Continuous: 1/width, and the logarithm of the density at the centre.
    std::vector<double> sharpness;
    std::vector<double> log_peaks;
    /// Unordered: observed level per kernel, −1 for the prior and where there is none.
    std::vector<std::int64_t> levels;

    bool is_continuous() const { return parameter->levels == 0; }
    /// Every point has it and its peaks are in the kernels' constants.
    bool is_always_there() const { return is_continuous() && !parameter->when; }
  };

  static Dimension make_dimension(const SpaceParameter& parameter, Prior prior, const std::vector<double>& coordinates);
  static void place_kernels(Dimension& dimension, const std::vector<double>& coordinates);
  static void cut_kernels(Dimension& dimension);
  double draw_coordinate(const Dimension& dimension, std::size_t kernel, RandomStream& random) const;
  /// Log probability of a level under every kernel.
  static std::vector<double> log_kernels(const Dimension& dimension, std::int64_t level);
  double log_density(const Point& point, std::vector<double> logs) const;

  const SearchSpace& space_;
  bool has_conditions_ = false;
  std::vector<Dimension> dimensions_;
  /// Normalised; the prior's is the last.
  std::vector<double> weights_;
  /// Log of weight and of the peaks of all dimensions that are always there, per kernel.
  std::vector<double> constants_;
};

}  // namespace hone
