#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hone {

/// The values of one point, one an objective, all minimised and finite.
using ObjectiveVector = std::vector<double>;

/// Whether `a` is nowhere worse than `b` and somewhere better.
bool dominates(std::span<const double> a, std::span<const double> b);

/// The front of each point: 0 for those that none dominates, 1 for those that only points of front 0 dominate, and so
/// on. Equal points share a front. By inserting the points in lexicographic order (Zhang, Tian, Cheng and Jin 2015,
/// "An efficient approach to nondominated sorting", ENS-BS): O(n log n) for two objectives.
std::vector<std::size_t> fronts_of(const std::vector<ObjectiveVector>& points);

/// Indices of the points that none dominates, ascending; of equal points the first alone.
std::vector<std::size_t> non_dominated(const std::vector<ObjectiveVector>& points);

/// How far the neighbours of each point of one front lie apart, summed over objectives in units of their range;
/// infinite for the ends of an objective (Deb, Pratap, Agarwal and Meyarivan 2002, "NSGA-II", §III B).
std::vector<double> crowding_distances(const std::vector<ObjectiveVector>& front);

}  // namespace hone
