#pragma once

#include <cmath>
#include <vector>

#include "search/trial/history.h"

namespace hone {

/// Whether the newest report of a curve is to be judged: it lies beyond `warmup` units and is the first one in its
/// stretch of `interval` units (0 = every report).
inline bool is_due(const std::vector<RungValue>& curve, double warmup, double interval) {
  const double newest = curve.back().budget;
  if (newest <= warmup) return false;
  if (interval <= 0 || curve.size() == 1) return true;
  return std::floor(curve[curve.size() - 2].budget / interval) < std::floor(newest / interval);
}

}  // namespace hone
