#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "search/gp/kernel.h"
#include "search/gp/points.h"

namespace hone {

/// What a Gaussian process is fitted to.
struct GpData {
  Points points;
  /// Index of the length scale of each coordinate.
  std::vector<std::size_t> groups;
  /// Standardised values [points].
  std::vector<double> targets;

  std::size_t lengths() const;
};

/// Bounds of the fitted logarithms; the noise floor keeps the matrix invertible.
inline constexpr double kMinLength = 0.025;
inline constexpr double kMinNoiseVariance = 1e-6;

/// The parameters of largest prior density.
GpParameters prior_mode(std::size_t lengths, bool additive);

/// Log of likelihood × prior up to a constant, with the constant mean at its generalised least squares estimate, and
/// its gradient by [log ℓ…, log σ², log σ_n², single log ℓ…, single log σ²], the last two only of an additive kernel.
///
/// Priors are densities of the natural parameters: ℓ ~ LogNormal(√2 + ½log D, √3) with D the number of length scales,
/// 1 for those of the additive part (Hvarfner, Hellsten and Nardi 2024); σ² ~ Gamma(2, 1), of each of two parts
/// Gamma(1.5, 1); σ_n² ~ Gamma(1.1, 30), which gives way to functions without noise sooner than a log-normal density.
/// Gradient as search.md §4; nothing of size n×n×D is made.
struct LogPosterior {
  double value = 0;
  std::vector<double> gradient;
};
LogPosterior log_posterior(const GpData& data, const GpParameters& parameters);

}  // namespace hone
