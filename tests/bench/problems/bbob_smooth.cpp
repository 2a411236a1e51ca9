#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/bench/problems/bbob_functions.h"

namespace hone::bbob {
namespace {

double linear_slope(std::span<const double> x, const Vector& optimum) {
  double value = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double slope = std::copysign(std::pow(10, exponent(i, x.size())), optimum[i]);
    const double z = x[i] * optimum[i] < 25 ? x[i] : optimum[i];
    value += 5 * std::abs(slope) - slope * z;
  }
  return value;
}

double bueche_rastrigin(std::span<const double> x, const Vector& optimum) {
  Vector z = oscillate(minus(x, optimum));
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double factor = std::pow(10, 0.5 * exponent(i, z.size()));
    z[i] *= i % 2 == 0 && z[i] > 0 ? 10 * factor : factor;
  }
  return cosine_waves(z) + square_norm(z) + 100 * boundary_penalty(x);
}

double attractive_sector(const Vector& z, const Vector& optimum) {
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double term = z[i] * optimum[i] > 0 ? 100 * z[i] : z[i];
    sum += term * term;
  }
  return std::pow(oscillate(sum), 0.9);
}

double step_ellipsoid(std::span<const double> x, const Instance& at) {
  const Vector slid = scale(10, at.r.apply(minus(x, at.optimum)));
  Vector rounded = slid;
  for (double& value : rounded) {
    value = std::abs(value) > 0.5 ? std::floor(0.5 + value) : std::floor(0.5 + 10 * value) / 10;
  }
  const Vector z = at.q.apply(rounded);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); ++i) sum += std::pow(100, exponent(i, z.size())) * z[i] * z[i];
  return 0.1 * std::max(std::abs(slid[0]) / 1e4, sum) + boundary_penalty(x);
}

double sum_of(const Vector& terms) { return std::accumulate(terms.begin(), terms.end(), 0.0); }

/// Σ 10^(6 i/(n−1)) z_i².
double ellipsoid(const Vector& z) {
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); ++i) sum += std::pow(1e6, exponent(i, z.size())) * z[i] * z[i];
  return sum;
}

/// first·z₁² + rest·Σ_{i>1} z_i².
double unlike_first(double first, double rest, const Vector& z) {
  return first * z[0] * z[0] + rest * square_norm(std::span(z).subspan(1));
}

double sharp_ridge(const Vector& z) { return z[0] * z[0] + 100 * std::sqrt(square_norm(std::span(z).subspan(1))); }

double different_powers(const Vector& z) {
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); ++i) sum += std::pow(std::abs(z[i]), 2 + 4 * exponent(i, z.size()));
  return std::sqrt(sum);
}

}  // namespace

Function separable(int function, const Instance& at) {
  switch (function) {
    case 1:
      return [at](std::span<const double> x) { return square_norm(minus(x, at.optimum)); };
    case 2:
      return [at](std::span<const double> x) { return ellipsoid(oscillate(minus(x, at.optimum))); };
    case 3:
      return [at](std::span<const double> x) {
        const Vector z = scale(10, bend(0.2, oscillate(minus(x, at.optimum))));
        return cosine_waves(z) + square_norm(z);
      };
    case 4:
      return [at](std::span<const double> x) { return bueche_rastrigin(x, at.optimum); };
    default:
      return [at](std::span<const double> x) { return linear_slope(x, at.optimum); };
  }
}

Function moderate(int function, const Instance& at) {
  switch (function) {
    case 6:
      return [at](std::span<const double> x) {
        return attractive_sector(at.q.apply(scale(10, at.r.apply(minus(x, at.optimum)))), at.optimum);
      };
    case 7:
      return [at](std::span<const double> x) { return step_ellipsoid(x, at); };
    case 8:
      return [at](std::span<const double> x) {
        Vector z = minus(x, at.optimum);
        for (double& value : z) value = rosenbrock_scale(at.n) * value + 1;
        return sum_of(rosenbrock_terms(z));
      };
    default:
      return [at](std::span<const double> x) {
        Vector z = at.r.apply(x);
        for (double& value : z) value = rosenbrock_scale(at.n) * value + 0.5;
        return sum_of(rosenbrock_terms(z));
      };
  }
}

Function conditioned(int function, const Instance& at) {
  const auto turned = [at](std::span<const double> x) { return at.r.apply(minus(x, at.optimum)); };
  switch (function) {
    case 10:
      return [turned](std::span<const double> x) { return ellipsoid(oscillate(turned(x))); };
    case 11:
      return [turned](std::span<const double> x) { return unlike_first(1e6, 1, oscillate(turned(x))); };
    case 12:
      return [at, turned](std::span<const double> x) { return unlike_first(1, 1e6, at.r.apply(bend(0.5, turned(x)))); };
    case 13:
      return [at, turned](std::span<const double> x) { return sharp_ridge(at.q.apply(scale(10, turned(x)))); };
    default:
      return [turned](std::span<const double> x) { return different_powers(turned(x)); };
  }
}

}  // namespace hone::bbob
