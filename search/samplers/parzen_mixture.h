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
    /// Ordered: centre, width and log of the mass inside the interval, per kernel.
    std::vector<double> centres;
    std::vector<double> widths;
    std::vector<double> log_masses;
    /// Unordered: observed level per kernel, −1 for the prior.
    std::vector<std::int64_t> levels;
  };

  static Dimension make_dimension(const SpaceParameter& parameter, std::vector<double> coordinates);
  double draw_coordinate(const Dimension& dimension, std::size_t kernel, RandomStream& random) const;
  /// Log density of one coordinate under every kernel.
  std::vector<double> log_kernels(const Dimension& dimension, double coordinate) const;

  std::vector<Dimension> dimensions_;
  /// Normalised; the prior's is the last.
  std::vector<double> weights_;
};

}  // namespace hone
