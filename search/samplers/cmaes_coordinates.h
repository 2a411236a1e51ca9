#pragma once

#include <cstddef>
#include <vector>

#include "search/samplers/cmaes_distribution.h"
#include "search/trial/search_space.h"

namespace hone {

/// Configurations as points of the space in which CMA-ES moves. A number and an ordinal parameter have one coordinate,
/// their unit coordinate; so has a parameter with two choices. Other parameters without an order have a coordinate a
/// choice, and the largest wins. A coordinate of an inactive parameter is there and has no effect.
class CmaesCoordinates {
 public:
  /// Keeps a reference.
  explicit CmaesCoordinates(const SearchSpace& space);

  std::size_t size() const { return places_.size(); }
  /// ½ for inactive parameters.
  std::vector<double> point_of(const Params& params) const;
  Params params_of(const std::vector<double>& point) const;

  /// Coordinates with levels have no bounds: beyond the outer levels lie the outer levels.
  bool is_inside(const std::vector<double>& point) const;
  void clip(std::vector<double>& point) const;
  /// keep_margin of 1/(n·λ) for every coordinate with levels.
  void keep_margins(CmaesDistribution& distribution, std::size_t population) const;

 private:
  struct Place {
    std::size_t parameter = 0;
    /// Ordered levels, or two choices.
    bool has_levels = false;
    /// The choice whose coordinate it is; −1 = the coordinate of the whole parameter.
    std::int64_t choice = -1;
  };

  const SearchSpace& space_;
  std::vector<Place> places_;
};

}  // namespace hone
