#pragma once

#include "configs/experiment_spec.h"

namespace hone {

/// The scale t(x) on which a numeric parameter is spread evenly over the unit interval (search.md §2): identity,
/// log(x), or −log(high + ε − x) for `log = "reverse"`, dense towards the upper bound. With a step s the ends lie half
/// a step outside, so that the outer levels are as wide as the inner ones.
class Scale {
 public:
  /// `low` ≤ `high`, `low` > 0 for a natural log; `step` 0 = continuous.
  Scale(LogScale log, double low, double high, double step);

  /// Position of x, 0 at the (padded) lower bound and 1 at the upper one.
  double to_unit(double x) const;
  /// Inverse of to_unit.
  double from_unit(double unit) const;

 private:
  double forward(double x) const;
  double backward(double t) const;

  LogScale log_;
  /// high + ε of the reverse scale.
  double ceiling_ = 0;
  double start_ = 0;
  double length_ = 0;
};

}  // namespace hone
