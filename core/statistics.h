#pragma once

#include <span>
#include <utility>
#include <vector>

namespace hone {

double mean(std::span<const double> values);
/// Mean of the two middle values for even counts; `values` must not be empty.
double median(std::vector<double> values);
/// Linear interpolation between order statistics (R's type 7), p in [0, 1].
double quantile(std::vector<double> values, double p);
double normal_pdf(double x);
double normal_cdf(double x);
/// Inverse of normal_cdf for p in (0, 1); relative error below 1e-15 (Wichura 1988, AS 241).
double normal_quantile(double p);

/// Wilson score interval of a share at the given two-sided confidence (0.95).
std::pair<double, double> wilson_interval(double successes, double n, double confidence = 0.95);

}  // namespace hone
