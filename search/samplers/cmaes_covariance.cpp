#include "search/samplers/cmaes_covariance.h"

#include <algorithm>
#include <cmath>

#include "search/gp/symmetric_eigen.h"

namespace hone {
namespace {

/// Least eigenvalue: far below any condition at which a run is given up.
constexpr double kLeastEigenvalue = 1e-30;

}  // namespace

CmaesCovariance::CmaesCovariance(std::size_t dimensions, bool separable)
    : separable_(separable), diagonal_scales_(dimensions, 1.0) {
  matrix_.assign(separable ? dimensions : dimensions * dimensions, separable ? 1.0 : 0.0);
  if (separable) return;
  for (std::size_t i = 0; i < dimensions; ++i) matrix_[i + dimensions * i] = 1;
  vectors_ = matrix_;
}

std::vector<double> CmaesCovariance::root_times(std::span<const double> z) const {
  const std::size_t n = dimensions();
  std::vector<double> y(n, 0.0);
  for (std::size_t k = 0; k < n; ++k) {
    const double length = diagonal_scales_[k] * z[k];
    if (separable_) {
      y[k] = length;
    } else {
      for (std::size_t i = 0; i < n; ++i) y[i] += vectors_[i + n * k] * length;
    }
  }
  return y;
}

std::vector<double> CmaesCovariance::inverse_root_times(std::span<const double> y) const {
  const std::size_t n = dimensions();
  std::vector<double> z(n, 0.0);
  for (std::size_t k = 0; k < n; ++k) {
    if (separable_) {
      z[k] = y[k] / diagonal_scales_[k];
      continue;
    }
    double length = 0;
    for (std::size_t i = 0; i < n; ++i) length += vectors_[i + n * k] * y[i];
    length /= diagonal_scales_[k];
    for (std::size_t i = 0; i < n; ++i) z[i] += vectors_[i + n * k] * length;
  }
  return z;
}

void CmaesCovariance::scale(double factor) {
  for (double& entry : matrix_) entry *= factor;
}

void CmaesCovariance::add(double weight, std::span<const double> y) {
  const std::size_t n = dimensions();
  for (std::size_t j = 0; j < n; ++j) {
    if (separable_) {
      matrix_[j] += weight * y[j] * y[j];
    } else {
      const double factor = weight * y[j];
      for (std::size_t i = 0; i < n; ++i) matrix_[i + n * j] += factor * y[i];
    }
  }
}

void CmaesCovariance::move_towards(const CmaesCovariance& other, double rate) {
  for (std::size_t i = 0; i < matrix_.size(); ++i) matrix_[i] += rate * (other.matrix_[i] - matrix_[i]);
}

void CmaesCovariance::decompose() {
  std::vector<double> values = matrix_;
  if (!separable_) {
    SymmetricEigen eigen = symmetric_eigen(matrix_, dimensions());
    values = std::move(eigen.values);
    vectors_ = std::move(eigen.vectors);
  }
  for (std::size_t k = 0; k < values.size(); ++k)
    diagonal_scales_[k] = std::sqrt(std::max(values[k], kLeastEigenvalue));
}

double CmaesCovariance::condition() const {
  const auto [least, most] = std::minmax_element(diagonal_scales_.begin(), diagonal_scales_.end());
  return *most * *most / (*least * *least);
}

double CmaesCovariance::largest() const {
  const double most = *std::max_element(diagonal_scales_.begin(), diagonal_scales_.end());
  return most * most;
}

double CmaesCovariance::log_determinant() const {
  double sum = 0;
  for (const double scale : diagonal_scales_) sum += 2 * std::log(scale);
  return sum;
}

}  // namespace hone
