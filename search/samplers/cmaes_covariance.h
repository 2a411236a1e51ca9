#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hone {

/// The shape of a normal distribution: a positive definite matrix C with its square root, or only its diagonal in the
/// separable variant.
class CmaesCovariance {
 public:
  /// The identity.
  CmaesCovariance(std::size_t dimensions, bool separable);

  std::size_t dimensions() const { return diagonal_scales_.size(); }
  bool is_separable() const { return separable_; }
  double diagonal(std::size_t i) const { return matrix_[separable_ ? i : i + dimensions() * i]; }
  /// All entries as they are stored: [n, n], or the diagonal [n].
  std::span<const double> entries() const { return matrix_; }

  /// C·z-like draws: B·D·z, where C = B·D²·Bᵀ.
  std::vector<double> root_times(std::span<const double> z) const;
  /// C^−½·y.
  std::vector<double> inverse_root_times(std::span<const double> y) const;

  /// C ← factor·C + weight·y·yᵀ; scale and add leave the root behind until decompose is called.
  void scale(double factor);
  void add(double weight, std::span<const double> y);
  /// C ← C + rate·(other − C), likewise.
  void move_towards(const CmaesCovariance& other, double rate);
  /// Takes the root of C anew. Eigenvalues that rounding made negative or tiny are raised.
  void decompose();

  /// Largest over smallest eigenvalue, and the largest one.
  double condition() const;
  double largest() const;
  /// log of C's determinant.
  double log_determinant() const;

 private:
  bool separable_;
  std::vector<double> matrix_;
  /// D, rising in the full variant.
  std::vector<double> diagonal_scales_;
  /// B, column-major; empty in the separable variant.
  std::vector<double> vectors_;
};

}  // namespace hone
