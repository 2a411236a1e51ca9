#include "search/gp/cholesky.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cassert>
#include <cmath>

namespace hone {
namespace {

using Matrix = Eigen::Map<Eigen::MatrixXd>;
using ConstMatrix = Eigen::Map<const Eigen::MatrixXd>;

constexpr double kFirstJitter = 1e-10;
constexpr double kLastJitter = 1e-4;

Eigen::Index index_of(std::size_t i) { return static_cast<Eigen::Index>(i); }

ConstMatrix square(std::span<const double> values, std::size_t size) {
  return {values.data(), index_of(size), index_of(size)};
}

}  // namespace

std::optional<Cholesky> Cholesky::of(std::vector<double> matrix, std::size_t size) {
  assert(matrix.size() == size * size);
  Cholesky result;
  result.size_ = size;
  const double scale = size == 0 ? 0 : square(matrix, size).diagonal().mean();
  for (double jitter = 0; jitter <= kLastJitter * 1.01; jitter = jitter == 0 ? kFirstJitter : 10 * jitter) {
    result.lower_ = matrix;
    Matrix lower(result.lower_.data(), index_of(size), index_of(size));
    lower.diagonal().array() += jitter * scale;
    const Eigen::LLT<Eigen::Ref<Eigen::MatrixXd>> factor(lower);
    if (factor.info() != Eigen::Success) continue;
    lower.triangularView<Eigen::StrictlyUpper>().setZero();
    return result;
  }
  return std::nullopt;
}

void Cholesky::append(std::span<const double> row, double diagonal) {
  assert(row.size() == size_);
  std::vector<double> solved(row.begin(), row.end());
  if (size_ > 0) solve_lower(solved);
  const Eigen::Map<const Eigen::VectorXd> new_row(solved.data(), index_of(size_));
  const double pivot = std::max(diagonal - new_row.squaredNorm(), kFirstJitter * diagonal);
  std::vector<double> grown((size_ + 1) * (size_ + 1), 0.0);
  Matrix lower(grown.data(), index_of(size_ + 1), index_of(size_ + 1));
  lower.topLeftCorner(index_of(size_), index_of(size_)) = square(lower_, size_);
  lower.bottomLeftCorner(1, index_of(size_)) = new_row.transpose();
  lower(index_of(size_), index_of(size_)) = std::sqrt(pivot);
  lower_ = std::move(grown);
  ++size_;
}

void Cholesky::solve_lower(std::span<double> right) const {
  Matrix columns(right.data(), index_of(size_), index_of(right.size() / size_));
  square(lower_, size_).triangularView<Eigen::Lower>().solveInPlace(columns);
}

void Cholesky::solve_upper(std::span<double> right) const {
  Matrix columns(right.data(), index_of(size_), index_of(right.size() / size_));
  square(lower_, size_).transpose().triangularView<Eigen::Upper>().solveInPlace(columns);
}

double Cholesky::log_determinant() const { return 2 * square(lower_, size_).diagonal().array().log().sum(); }

std::vector<double> Cholesky::inverse() const {
  // (LLᵀ)⁻¹ = L⁻ᵀL⁻¹ with the triangle's zeros used in the second step: a third less work than solving for the
  // identity.
  Eigen::MatrixXd lower_inverse = Eigen::MatrixXd::Identity(index_of(size_), index_of(size_));
  square(lower_, size_).triangularView<Eigen::Lower>().solveInPlace(lower_inverse);
  std::vector<double> result(size_ * size_, 0.0);
  Matrix matrix(result.data(), index_of(size_), index_of(size_));
  matrix.selfadjointView<Eigen::Lower>().rankUpdate(lower_inverse.transpose());
  matrix.triangularView<Eigen::StrictlyUpper>() = matrix.transpose();
  return result;
}

}  // namespace hone
