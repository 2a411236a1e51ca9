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

Points single(std::span<const double> point) { return {point.size(), {point.begin(), point.end()}}; }

}  // namespace

GaussianProcess::GaussianProcess(const GpData& data, const GpParameters& parameters)
    : kernel_(make_kernel(parameters, data.groups)),
      noise_variance_(std::exp(parameters.log_noise_variance)),
      points_(data.points),
      targets_(data.targets) {
  std::vector<double> matrix = lower_covariances(kernel_, points_);
  for (std::size_t i = 0; i < size(); ++i) matrix[i * size() + i] += noise_variance_;
  auto factor = Cholesky::of(std::move(matrix), size());
  // Jitter of 1e-4 makes any kernel matrix of finite points positive definite.
  if (!factor) throw std::logic_error("a kernel matrix of points that are not finite");
  factor_ = *std::move(factor);
  solve();
}

void GaussianProcess::append(std::span<const double> point, double target) {
  const std::vector<double> row = covariances(kernel_, points_, single(point));
  factor_.append(row, kernel_.total_variance() + noise_variance_);
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
  const std::vector<double> column = covariances(kernel_, points_, single(point));
  std::vector<double> solved = column;
  factor_.solve_lower(solved);
  Prediction prediction;
  prediction.mean = mean_ + dot(column, weights_);
  prediction.variance = std::max(0.0, kernel_.total_variance() - dot(solved, solved));
  factor_.solve_upper(solved);
  for (double& weight : solved) weight *= -2;
  prediction.mean_gradient = point_gradients(kernel_, points_, single(point), weights_);
  prediction.variance_gradient = point_gradients(kernel_, points_, single(point), solved);
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
