#include "search/gp/gaussian_process.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace hone {
namespace {

double dot(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Kernel values of one point with the model's.
Covariances column_of(const Kernel& kernel, const Points& points, std::span<const double> point, bool with_slopes) {
  return covariances(kernel, points, {points.dimensions, {point.begin(), point.end()}}, with_slopes);
}

}  // namespace

GaussianProcess::GaussianProcess(const GpData& data, const GpParameters& parameters)
    : kernel_(make_kernel(parameters, data.groups)),
      noise_variance_(std::exp(parameters.log_noise_variance)),
      points_(data.points),
      targets_(data.targets) {
  std::vector<double> matrix = covariances(kernel_, points_, points_, /*with_slopes=*/false).values;
  for (std::size_t i = 0; i < size(); ++i) matrix[i * size() + i] += noise_variance_;
  auto factor = Cholesky::of(std::move(matrix), size());
  // Jitter of 1e-4 makes any kernel matrix of finite points positive definite.
  if (!factor) throw std::logic_error("a kernel matrix of points that are not finite");
  factor_ = *std::move(factor);
  solve();
}

void GaussianProcess::append(std::span<const double> point, double target) {
  const std::vector<double> row = column_of(kernel_, points_, point, /*with_slopes=*/false).values;
  factor_.append(row, kernel_.variance + noise_variance_);
  points_.add(point);
  targets_.push_back(target);
  solve();
}

void GaussianProcess::solve() {
  std::vector<double> ones(size(), 1.0);
  whitened_ = targets_;
  factor_.solve_lower(ones);
  factor_.solve_lower(whitened_);
  mean_ = dot(ones, whitened_) / dot(ones, ones);
  for (std::size_t i = 0; i < size(); ++i) whitened_[i] -= mean_ * ones[i];
  weights_ = whitened_;
  factor_.solve_upper(weights_);
}

Prediction GaussianProcess::predict(std::span<const double> point) const {
  const Covariances column = column_of(kernel_, points_, point, /*with_slopes=*/true);
  std::vector<double> solved = column.values;
  factor_.solve_lower(solved);
  Prediction prediction;
  prediction.mean = mean_ + dot(column.values, weights_);
  prediction.variance = std::max(0.0, kernel_.variance - dot(solved, solved));
  factor_.solve_upper(solved);
  for (std::size_t i = 0; i < point.size(); ++i) {
    double mean_slope = 0;
    double variance_slope = 0;
    for (std::size_t a = 0; a < size(); ++a) {
      const double slope = -column.slopes[a] * (point[i] - points_[a][i]) / (kernel_.lengths[i] * kernel_.lengths[i]);
      mean_slope += slope * weights_[a];
      variance_slope -= 2 * slope * solved[a];
    }
    prediction.mean_gradient.push_back(mean_slope);
    prediction.variance_gradient.push_back(variance_slope);
  }
  return prediction;
}

std::vector<LeftOut> GaussianProcess::leave_one_out() const {
  const std::vector<double> inverse = factor_.inverse();
  std::vector<LeftOut> result;
  for (std::size_t i = 0; i < size(); ++i) {
    const double precision = inverse[i * size() + i];
    result.push_back({targets_[i] - weights_[i] / precision, 1 / precision});
  }
  return result;
}

}  // namespace hone
