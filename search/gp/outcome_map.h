#pragma once

#include <span>
#include <utility>
#include <vector>

namespace hone {

/// Takes other values (thresholds, references) the way that a model's observations went from their own unit to warped
/// and standardised ones: linear between the two observed values around it, and beyond the ends as between the
/// outermost two.
class OutcomeMap {
 public:
  /// `seen[i]` is what the model sees for `values[i]`; equal values see alike, larger ones not less.
  OutcomeMap(std::span<const double> values, std::span<const double> seen);

  double operator()(double value) const;
  /// The way back.
  OutcomeMap inverse() const;

 private:
  explicit OutcomeMap(std::vector<std::pair<double, double>> pairs);

  /// Different values, ascending, with what is seen.
  std::vector<std::pair<double, double>> pairs_;
};

}  // namespace hone
