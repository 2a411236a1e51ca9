#include "search/schedulers/improvement_model.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hone {
namespace {

/// Gains that are largest where the only parameter is `best`.
std::vector<Improvement> gains(double best, double time) {
  std::vector<Improvement> list;
  for (int i = 0; i <= 10; ++i) {
    const double x = 0.1 * i;
    list.push_back({{x}, time, std::exp(-20 * (x - best) * (x - best))});
  }
  return list;
}

double argmax(const ImprovementModel& model) {
  double best = 0;
  for (double x = 0; x <= 1; x += 0.01) {
    if (model.upper_bound({x}) > model.upper_bound({best})) best = x;
  }
  return best;
}

TEST(ImprovementModel, PrefersWhatGainedMost) { EXPECT_NEAR(argmax(ImprovementModel(gains(0.7, 1), {}, 2)), 0.7, 0.1); }

TEST(ImprovementModel, BelievesNewIntervalsMoreThanOldOnes) {
  std::vector<Improvement> known = gains(0.2, 1);
  for (double time = 2; time < 9; ++time) {
    for (const Improvement& one : gains(0.8, time)) known.push_back(one);
  }
  EXPECT_NEAR(argmax(ImprovementModel(known, {}, 9)), 0.8, 0.1);
}

TEST(ImprovementModel, IsSurerWhereAResultIsStillToCome) {
  const ImprovementModel without(gains(0.5, 1), {}, 6);
  const ImprovementModel with(gains(0.5, 1), {{0.5}, {0.5}, {0.5}}, 6);
  EXPECT_LT(with.upper_bound({0.5}), without.upper_bound({0.5}));
}

TEST(ImprovementModel, EqualGainsSayNothing) {
  std::vector<Improvement> known = gains(0.5, 1);
  for (Improvement& one : known) one.gain = 3;
  EXPECT_TRUE(std::isfinite(ImprovementModel(known, {}, 2).upper_bound({0.3})));
}

}  // namespace
}  // namespace hone
