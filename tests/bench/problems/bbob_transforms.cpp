#include "tests/bench/problems/bbob_transforms.h"

#include <cmath>

namespace hone::bbob {

double exponent(std::size_t i, std::size_t n) { return static_cast<double>(i) / static_cast<double>(n - 1); }

Vector scale(double alpha, Vector z) {
  for (std::size_t i = 0; i < z.size(); ++i) z[i] *= std::pow(alpha, 0.5 * exponent(i, z.size()));
  return z;
}

double oscillate(double x) {
  if (x == 0) return 0;
  const double l = std::log(std::abs(x));
  const double c1 = x > 0 ? 10 : 5.5;
  const double c2 = x > 0 ? 7.9 : 3.1;
  return std::copysign(std::exp(l + 0.049 * (std::sin(c1 * l) + std::sin(c2 * l))), x);
}

Vector oscillate(Vector z) {
  for (double& value : z) value = oscillate(value);
  return z;
}

Vector bend(double beta, Vector z) {
  for (std::size_t i = 0; i < z.size(); ++i) {
    if (z[i] > 0) z[i] = std::pow(z[i], 1 + beta * exponent(i, z.size()) * std::sqrt(z[i]));
  }
  return z;
}

double boundary_penalty(std::span<const double> x) {
  double sum = 0;
  for (double value : x) {
    const double over = std::abs(value) - 5;
    if (over > 0) sum += over * over;
  }
  return sum;
}

Vector minus(std::span<const double> a, std::span<const double> b) {
  Vector difference(a.begin(), a.end());
  for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= b[i];
  return difference;
}

double square_norm(std::span<const double> z) {
  double sum = 0;
  for (double value : z) sum += value * value;
  return sum;
}

Rotation::Rotation(std::size_t n, std::uint64_t seed, const std::string& purpose) : n_(n), rows_(n * n) {
  RandomStream stream(seed, -1, purpose);
  for (std::size_t row = 0; row < n; ++row) {
    double* const current = &rows_[row * n];
    for (std::size_t i = 0; i < n; ++i) current[i] = stream.normal();
    // Twice, so that rounding leaves no trace of the earlier rows.
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t earlier = 0; earlier < row; ++earlier) {
        const double* const other = &rows_[earlier * n];
        double product = 0;
        for (std::size_t i = 0; i < n; ++i) product += current[i] * other[i];
        for (std::size_t i = 0; i < n; ++i) current[i] -= product * other[i];
      }
    }
    const double norm = std::sqrt(square_norm({current, n}));
    for (std::size_t i = 0; i < n; ++i) current[i] /= norm;
  }
}

Vector Rotation::apply(std::span<const double> z) const {
  Vector result(n_, 0.0);
  for (std::size_t row = 0; row < n_; ++row) {
    for (std::size_t i = 0; i < n_; ++i) result[row] += rows_[row * n_ + i] * z[i];
  }
  return result;
}

Vector Rotation::apply_transposed(std::span<const double> z) const {
  Vector result(n_, 0.0);
  for (std::size_t row = 0; row < n_; ++row) {
    for (std::size_t i = 0; i < n_; ++i) result[i] += rows_[row * n_ + i] * z[row];
  }
  return result;
}

}  // namespace hone::bbob
