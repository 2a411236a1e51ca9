#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/random.h"

namespace hone::bbob {

using Vector = std::vector<double>;

/// The pieces of which BBOB's functions are made (Hansen et al. 2009, section 0.2). Vectors have dimension n ≥ 2.

/// i/(n−1), the exponent of a conditioning, i from 0.
double exponent(std::size_t i, std::size_t n);
/// Λ^α z: coordinate i times α^(½ i/(n−1)).
Vector scale(double alpha, Vector z);
/// T_osz of one number and of every coordinate: small smooth irregularities.
double oscillate(double x);
Vector oscillate(Vector z);
/// T_asy^β: positive coordinates are bent.
Vector bend(double beta, Vector z);
/// Σ max(0, |x_i| − 5)².
double boundary_penalty(std::span<const double> x);
Vector minus(std::span<const double> a, std::span<const double> b);
double square_norm(std::span<const double> z);

/// A random orthogonal matrix: Gram–Schmidt on normal draws.
class Rotation {
 public:
  Rotation(std::size_t n, std::uint64_t seed, const std::string& purpose);
  Vector apply(std::span<const double> z) const;
  Vector apply_transposed(std::span<const double> z) const;

 private:
  std::size_t n_;
  /// Row-major [n, n], rows orthonormal.
  std::vector<double> rows_;
};

}  // namespace hone::bbob
