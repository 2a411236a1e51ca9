#pragma once

#include <cstdint>
#include <vector>

namespace hone {

/// A point of the unit cube.
using LimboPoint = std::vector<double>;

struct LimboData {
  std::vector<LimboPoint> points;
  /// To be maximised; finite, and as many as points.
  std::vector<double> values;

  bool operator==(const LimboData&) const = default;
};

/// Hyper-parameters of limbo's kernel fitted to data by limbo's Rprop from limbo's defaults.
std::vector<double> fit_limbo_kernel(const LimboData& data);

/// The point where limbo's expected improvement is largest as NLopt's DIRECT finds it from `start`, which is random by
/// `seed`. `pending` points have the posterior mean for their value. An empty `kernel` leaves limbo's defaults.
LimboPoint limbo_proposal(const LimboData& data, const std::vector<LimboPoint>& pending,
                          const std::vector<double>& kernel, const LimboPoint& start, std::uint64_t seed);

}  // namespace hone
