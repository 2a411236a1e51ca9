#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/gp/kernel.h"
#include "search/gp/log_posterior.h"

namespace hone {

/// A rising function of the objective's values after which a Gaussian process fits them better.
struct OutcomeWarp {
  enum class Kind {
    identity,
    /// log(y − L + IQR/1000), L a bound the values cannot pass.
    log_bound,
    /// log(y − min y + parameter·IQR).
    log_best,
    /// Yeo and Johnson 2000 with λ = parameter, of (y − median)/IQR.
    yeo_johnson,
  };
  Kind kind = Kind::identity;
  double parameter = 0;
};

/// `identity`, `log-bound`, `log-best:0.01`, `yeo-johnson:-1`: as the `asked` event keeps it.
std::string to_text(const OutcomeWarp& warp);
/// Nothing for text that no warp has.
std::optional<OutcomeWarp> outcome_warp_named(std::string_view text);

/// Warped values and Σ log T'(y), the logarithm of the Jacobian. `bound` is a lower bound of the values, if known.
struct Warped {
  std::vector<double> values;
  double log_jacobian = 0;
};
Warped apply(const OutcomeWarp& warp, std::span<const double> values, const std::optional<double>& bound);

/// The warp under which the values are likeliest as a Gaussian process on these points (search.md §3): mean and scale
/// profiled out, length scales .3, 1 and 3 times those given, noise ratios 1e-5 … .1. `data.targets` are raw values.
OutcomeWarp choose_warp(const GpData& data, const GpParameters& parameters, const std::optional<double>& bound);

/// Values with mean 0 and deviation 1; all 0 when they are equal. Values beyond the third quartile by more than 20
/// times the interquartile range are pulled back to there, so that one diverged run does not hide all others.
std::vector<double> standardised(std::vector<double> values);

}  // namespace hone
