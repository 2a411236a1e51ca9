#pragma once

namespace hone {

/// log h(z) for h(z) = φ(z) + zΦ(z), with the ratios its derivatives need.
struct LogImprovement {
  double log_h = 0;
  /// Φ(z)/h(z), which is also d log h/dz.
  double cdf_ratio = 0;
  /// φ(z)/h(z).
  double pdf_ratio = 0;
};

/// The logarithm of the expected improvement of a standard normal, without cancellation (search.md §5): expected
/// improvement σ·h((f − μ)/σ) has log σ + log h, derivatives [−cdf_ratio·∂μ + pdf_ratio·∂σ]/σ. For z ≤ −3 by the
/// continued fraction of Mills' ratio (Abramowitz and Stegun 1964, 26.2.14); relative error below 1e-13 to z = −1e8.
LogImprovement log_improvement(double z);

}  // namespace hone
