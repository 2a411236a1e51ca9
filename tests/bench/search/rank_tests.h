#pragma once

#include <span>
#include <vector>

namespace hone {

/// Two-sided p-value of the rank-sum test of Wilcoxon, Mann and Whitney (normal approximation with correction for ties
/// and continuity); 1 when all values agree.
double rank_sum_p(std::span<const double> a, std::span<const double> b);

/// P-values made fit for being looked at together (Holm 1979): in the order of the input.
std::vector<double> holm(const std::vector<double>& p_values);

/// Ranks from 1 for the smallest, values within `tolerance` of the least of their group share the mean rank.
std::vector<double> ranks_of(const std::vector<double>& values, double tolerance);

}  // namespace hone
