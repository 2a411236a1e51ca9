#include <algorithm>
#include <cmath>
#include <numbers>

#include "tests/bench/problems/bbob_functions.h"

namespace hone::bbob {
namespace {

using std::numbers::pi;

/// Σ_{j<12} 2^−j cos 2π3^j(z + ½).
double weierstrass(double z) {
  double sum = 0;
  for (int j = 0; j < 12; ++j) sum += std::pow(0.5, j) * std::cos(2 * pi * std::pow(3, j) * (z + 0.5));
  return sum;
}

double weierstrass_mean(const Vector& z) {
  double sum = 0;
  for (double value : z) sum += weierstrass(value) - weierstrass(0);
  return sum / static_cast<double>(z.size());
}

double schaffers(const Vector& z) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < z.size(); ++i) {
    const double s = std::hypot(z[i], z[i + 1]);
    const double wave = std::sin(50 * std::pow(s, 0.2));
    sum += std::sqrt(s) * (1 + wave * wave);
  }
  const double average = sum / static_cast<double>(z.size() - 1);
  return average * average;
}

double griewank_rosenbrock(const Vector& terms) {
  double sum = 0;
  for (double s : terms) sum += s / 4000 - std::cos(s);
  return 10 * sum / static_cast<double>(terms.size()) + 10;
}

double schwefel(std::span<const double> x, const Vector& optimum) {
  const std::size_t n = x.size();
  Vector hat(n);
  for (std::size_t i = 0; i < n; ++i) hat[i] = std::copysign(2.0, optimum[i]) * x[i];
  Vector z(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double doubled = 2 * std::abs(optimum[i]);
    const double linked = i == 0 ? hat[0] : hat[i] + 0.25 * (hat[i - 1] - 2 * std::abs(optimum[i - 1]));
    z[i] = std::pow(10, 0.5 * exponent(i, n)) * (linked - doubled) + doubled;
  }
  double sum = 0;
  for (double value : z) sum += 100 * value * std::sin(std::sqrt(std::abs(100 * value)));
  // 4.1898… is Schwefel's best; of the value at x° itself only rounding is left, so that the error is 0 there.
  return 4.189828872724339 - sum / (100 * static_cast<double>(n)) + 100 * boundary_penalty(z);
}

double katsuura(const Vector& z) {
  const double n = static_cast<double>(z.size());
  double product = 1;
  for (std::size_t i = 0; i < z.size(); ++i) {
    double sum = 0;
    for (int j = 1; j <= 32; ++j) {
      const double power = std::ldexp(1.0, j);
      sum += std::abs(power * z[i] - std::round(power * z[i])) / power;
    }
    product *= std::pow(1 + static_cast<double>(i + 1) * sum, 10 / std::pow(n, 1.2));
  }
  return 10 / (n * n) * (product - 1);
}

double lunacek(std::span<const double> x, const Instance& at) {
  constexpr double kFirst = 2.5;
  const double n = static_cast<double>(at.n);
  const double s = 1 - 1 / (2 * std::sqrt(n + 20) - 8.2);
  const double second = -std::sqrt((kFirst * kFirst - 1) / s);
  Vector from_first(at.n);
  double to_first = 0;
  double to_second = 0;
  for (std::size_t i = 0; i < at.n; ++i) {
    const double hat = std::copysign(2.0, at.optimum[i]) * x[i];
    from_first[i] = hat - kFirst;
    to_first += (hat - kFirst) * (hat - kFirst);
    to_second += (hat - second) * (hat - second);
  }
  const Vector z = at.q.apply(scale(100, at.r.apply(from_first)));
  return std::min(to_first, n + s * to_second) + cosine_waves(z) + 1e4 * boundary_penalty(x);
}

}  // namespace

Function multimodal(int function, const Instance& at) {
  const auto turned = [at](std::span<const double> x) { return at.r.apply(minus(x, at.optimum)); };
  switch (function) {
    case 15:
      return [at, turned](std::span<const double> x) {
        const Vector z = at.r.apply(scale(10, at.q.apply(bend(0.2, oscillate(turned(x))))));
        return cosine_waves(z) + square_norm(z);
      };
    case 16:
      return [at, turned](std::span<const double> x) {
        const Vector z = at.r.apply(scale(0.01, at.q.apply(oscillate(turned(x)))));
        return 10 * std::pow(weierstrass_mean(z), 3) + 10 * boundary_penalty(x) / static_cast<double>(at.n);
      };
    case 17:
    case 18:
      return [at, turned, alpha = function == 17 ? 10.0 : 1000.0](std::span<const double> x) {
        return schaffers(scale(alpha, at.q.apply(bend(0.5, turned(x))))) + 10 * boundary_penalty(x);
      };
    default:
      return [at](std::span<const double> x) {
        Vector z = at.r.apply(x);
        for (double& value : z) value = rosenbrock_scale(at.n) * value + 0.5;
        return griewank_rosenbrock(rosenbrock_terms(z));
      };
  }
}

Function weak_structure(int function, const Instance& at) {
  switch (function) {
    case 20:
      return [at](std::span<const double> x) { return schwefel(x, at.optimum); };
    case 23:
      return [at](std::span<const double> x) {
        return katsuura(at.q.apply(scale(100, at.r.apply(minus(x, at.optimum))))) + boundary_penalty(x);
      };
    default:
      return [at](std::span<const double> x) { return lunacek(x, at); };
  }
}

}  // namespace hone::bbob
