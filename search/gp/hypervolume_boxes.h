#pragma once

#include <array>
#include <vector>

namespace hone {

/// A point of a front of up to three objectives, all minimised; with two the third is unused.
using FrontPoint = std::array<double, 3>;

/// One of disjoint boxes [low, high) that fill what a front does not dominate up to a reference. Low ends may be
/// −infinity.
struct ImprovementBox {
  FrontPoint low;
  FrontPoint high;
};

/// The boxes for two or three objectives: one strip a gap of the front with two (Emmerich, Yang, Deutz, Wang and
/// Fonseca 2016, "A multicriteria generalization of Bayesian global optimization", §3), at most 2n + 1 with three by
/// sweeping a plane along the third objective (Yang, Emmerich, Deutz and Bäck 2019, "Efficient computation of expected
/// hypervolume improvement using box decomposition algorithms"). Points that are dominated or beyond the reference
/// count for nothing.
std::vector<ImprovementBox> improvement_boxes(std::vector<FrontPoint> points, const FrontPoint& reference,
                                              std::size_t objectives);

}  // namespace hone
