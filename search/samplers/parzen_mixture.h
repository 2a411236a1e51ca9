#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/random.h"
#include "search/trial/search_space.h"

namespace hone {

/// A mixture of product kernels over some parameters of a space, one kernel per observed point and a wide one as prior
/// (Bergstra et al. 2011; kernels and widths as in search.md §2 and §8).
///
/// A point holds one number per parameter: the unit coordinate of a continuous one, the level of any other. Continuous
/// parameters have densities on the unit interval, all others probabilities of their levels.
class ParzenMixture {
 public:
  using Point = std::vector<double>;

  /// `parameters` are indices into the space; `points` are sorted from old to new: beyond 25 the older weigh less.
  ParzenMixture(const SearchSpace& space, std::span<const std::size_t> parameters, std::span<const Point> points);

  Point draw(RandomStream& random) const;
  /// Log density of each point.
  std::vector<double> log_densities(std::span<const Point> points) const;

 private:
  /// The kernels of one parameter: normals cut to the unit interval, or weights of unordered levels.
  struct Dimension {
    const SpaceParameter* parameter = nullptr;
    /// Ordered: centre, width, cdf of the uncut normal at 0 and at 1 per kernel.
    std::vector<double> centres;
    std::vector<double> widths;
    std::vector<double> below;
    std::vector<double> above;
    /// Continuous: 1/width.
    std::vector<double> sharpness;
    /// Unordered: observed level per kernel, −1 for the prior.
    std::vector<std::int64_t> levels;

    bool is_continuous() const { return parameter->levels == 0; }
  };

  static Dimension make_dimension(const SpaceParameter& parameter, std::vector<double> coordinates);
  /// Puts what does not depend on the point into the kernels' constants.
  void add_constants(const Dimension& dimension);
  double draw_coordinate(const Dimension& dimension, std::size_t kernel, RandomStream& random) const;
  /// Log probability of a level under every kernel.
  std::vector<double> log_kernels(const Dimension& dimension, std::int64_t level) const;
  double log_density(const Point& point, std::vector<double> logs) const;

  std::vector<Dimension> dimensions_;
  /// Normalised; the prior's is the last.
  std::vector<double> weights_;
  /// Log of weight and of the peaks of all continuous dimensions, per kernel.
  std::vector<double> constants_;
};

}  // namespace hone
