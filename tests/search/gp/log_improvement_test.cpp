#include "search/gp/log_improvement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

namespace hone {
namespace {

TEST(LogImprovement, EqualsFiftyDigitValues) {
  // log(φ(z) + zΦ(z)) by mpmath, at least 50 digits carried.
  const std::pair<double, double> known[] = {
      {2, 0.69738354578822831219},    {0, -0.91893853320467274178},   {-1, -2.4851210257126413368},
      {-2.9, -7.520846492887873521},  {-3, -7.8696860596030285171},   {-5, -16.744301162660990143},
      {-10, -55.553122036122355927},  {-100, -5010.1295788002497923}, {-1e4, -50000019.339619307157},
      {-1e6, -500000000028.54995965}, {-1e8, -5000000000000037.7603},
  };
  for (const auto& [z, value] : known) EXPECT_NEAR(log_improvement(z).log_h / value, 1, 1e-13) << z;
}

TEST(LogImprovement, GradientAgreesWithFiniteDifferences) {
  for (const double z : {-50.0, -8.0, -3.5, -2.5, -0.3, 0.0, 1.7, 6.0}) {
    constexpr double kStep = 1e-5;
    const double slope = (log_improvement(z + kStep).log_h - log_improvement(z - kStep).log_h) / (2 * kStep);
    EXPECT_NEAR(log_improvement(z).cdf_ratio / slope, 1, 1e-8) << z;
  }
}

TEST(LogImprovement, RatiosObeyTheirIdentity) {
  // φ + zΦ = h.
  for (const double z : {-100.0, -10.0, -3.5, -2.5, 0.5, 4.0}) {
    const LogImprovement improvement = log_improvement(z);
    EXPECT_NEAR(improvement.pdf_ratio + z * improvement.cdf_ratio, 1, 1e-11 * (1 + z * z)) << z;
  }
}

TEST(LogImprovement, HasNoSeamWhereTheFormulaChanges) {
  EXPECT_NEAR(log_improvement(-3).log_h, log_improvement(std::nextafter(-3.0, 0.0)).log_h, 1e-12);
  EXPECT_NEAR(log_improvement(-3).cdf_ratio, log_improvement(std::nextafter(-3.0, 0.0)).cdf_ratio, 1e-11);
}

}  // namespace
}  // namespace hone
