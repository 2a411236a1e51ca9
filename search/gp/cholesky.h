#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace hone {

/// The lower factor L of a symmetric positive definite matrix LLᵀ, [size, size] column-major; what lies above the
/// diagonal is zero.
class Cholesky {
 public:
  Cholesky() = default;
  /// Reads the lower half of `matrix` [size, size]. A matrix that is not positive definite by rounding gets jitter:
  /// 1e-10 of its mean diagonal, then tenfold up to 1e-4. Nothing when that does not help.
  static std::optional<Cholesky> of(std::vector<double> matrix, std::size_t size);

  std::size_t size() const { return size_; }
  std::span<const double> lower() const { return lower_; }
  /// The factor of the matrix with one more row and column, in O(size²). `row` [size] holds the covariances with the
  /// older rows. A pivot that rounding made too small is raised to 1e-10 of `diagonal`.
  void append(std::span<const double> row, double diagonal);

  /// Replaces `right` [size, columns] column-major by L⁻¹·right and by L⁻ᵀ·right.
  void solve_lower(std::span<double> right) const;
  void solve_upper(std::span<double> right) const;
  /// log of the matrix's determinant.
  double log_determinant() const;
  /// The inverse of the matrix, [size, size].
  std::vector<double> inverse() const;

 private:
  std::size_t size_ = 0;
  std::vector<double> lower_;
};

}  // namespace hone
