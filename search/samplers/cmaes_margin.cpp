#include "search/samplers/cmaes_margin.h"

#include <algorithm>
#include <cmath>

#include "core/statistics.h"

namespace hone {
namespace {

/// Standard deviations above which a normal has this mass.
double reach_of(double tail) { return -normal_quantile(tail); }

/// The mean at most so far from the only bound of its level that the other side keeps the margin.
double nearer(double mean, double bound, double farthest) {
  return std::clamp(mean, bound - farthest, bound + farthest);
}

}  // namespace

void keep_margin(CmaesDistribution& distribution, std::size_t coordinate, double low, double high, double margin) {
  double& mean = distribution.mean[coordinate];
  const double deviation = distribution.deviation(coordinate);
  if (std::isinf(low) || std::isinf(high)) {
    mean = nearer(mean, std::isinf(low) ? high : low, reach_of(margin) * deviation);
    return;
  }
  const double least = margin / 2;
  const double below = normal_cdf((low - mean) / deviation);
  const double above = normal_cdf((mean - high) / deviation);
  if (below >= least && above >= least) return;
  // Raised to the least share each; what that is too much is taken back in proportion (equations 19 to 24).
  const double raised_below = std::max(below, least);
  const double raised_above = std::max(above, least);
  const double inside = 1 - below - above;
  const double surplus = 1 - raised_below - raised_above - inside;
  const double room = raised_below + raised_above + inside - 3 * least;
  const double low_reach = reach_of(raised_below + surplus / room * (raised_below - least));
  const double high_reach = reach_of(raised_above + surplus / room * (raised_above - least));
  distribution.widening[coordinate] *= (high - low) / (deviation * (low_reach + high_reach));
  mean = (low * high_reach + high * low_reach) / (low_reach + high_reach);
}

}  // namespace hone
