#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "search/trial/search_space.h"

namespace hone {

/// Where configurations lie for a Gaussian process (search.md §2). Coordinates of one parameter share a length scale:
/// ordered parameters have their unit coordinate u; unordered ones √½ at the coordinate of their level, so that two
/// levels lie 1 apart; two levels alone one coordinate 0 or 1.
///
/// A conditional parameter that is inactive lies at 0 in all its coordinates; active it is moved away by one more:
/// (1/√12, u − ½), or √(½ − 1/K) for K levels. So the mean squared distance between active and inactive is the one
/// between two active configurations.
///
/// Points of the unit cube [parameters] are as those of SearchSpace; coordinates belong to the configuration that they
/// decode to.
class GpEmbedding {
 public:
  /// Keeps a reference.
  explicit GpEmbedding(const SearchSpace& space);

  std::size_t dimensions() const { return groups_.size(); }
  /// Parameters that can vary: the number of length scales.
  std::size_t lengths() const { return lengths_; }
  /// Index of the length scale of each coordinate.
  const std::vector<std::size_t>& groups() const { return groups_; }

  /// The unit point of a configuration; ½ for inactive parameters.
  std::vector<double> unit_of(const Params& params) const;
  /// Moves every coordinate to the middle of its level.
  void snap(std::vector<double>& unit) const;
  /// Which parameters are active [parameters].
  std::vector<bool> active(std::span<const double> unit) const;
  /// Coordinates [dimensions] of a snapped point.
  std::vector<double> coordinates(std::span<const double> unit) const;
  /// The way back: unit coordinates [parameters]; nothing for inactive parameters.
  std::vector<std::optional<double>> unit_at(std::span<const double> coordinates) const;
  /// The coordinate that follows the unit coordinate of a parameter with slope 1; nothing for unordered parameters.
  std::optional<std::size_t> slope_coordinate(std::size_t parameter) const;

  const SearchSpace& space() const { return space_; }

 private:
  struct Place {
    std::size_t first = 0;
    bool conditional = false;
  };

  const SearchSpace& space_;
  std::vector<Place> places_;
  std::vector<std::size_t> groups_;
  std::size_t lengths_ = 0;
  bool has_conditions_ = false;
};

}  // namespace hone
