#include "search/gp/log_improvement.h"

#include <cmath>
#include <numbers>

#include "core/statistics.h"

namespace hone {
namespace {

constexpr double kDirect = -3;

/// Terms of the continued fraction for a relative error of 2e-16: 55 are needed at t = 3, 27 at 5, 13 at 10, 9 at 20, 5
/// from 100 on (found by carrying 40 digits).
int terms(double t) { return 5 + static_cast<int>(150 / t); }

}  // namespace

LogImprovement log_improvement(double z) {
  if (z > kDirect) {
    const double density = normal_pdf(z);
    const double cdf = normal_cdf(z);
    const double h = density + z * cdf;
    return {std::log(h), cdf / h, density / h};
  }
  const double t = -z;
  // c = 1/(t + 2/(t + 3/(t + …))); Mills' ratio is 1/(t + c), so that h = φ·c/(t + c).
  double c = t;
  for (int term = terms(t); term >= 2; --term) c = t + term / c;
  c = 1 / c;
  const double log_density = -t * t / 2 - 0.5 * std::log(2 * std::numbers::pi);
  return {log_density + std::log(c / (t + c)), 1 / c, 1 + t / c};
}

}  // namespace hone
