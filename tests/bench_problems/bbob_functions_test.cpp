#include "tests/bench/problems/bbob_functions.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hone::bbob {
namespace {

Function function_of(int number, const Instance& at) {
  return number <= 5                    ? separable(number, at)
         : number <= 9                  ? moderate(number, at)
         : number <= 14                 ? conditioned(number, at)
         : number <= 19                 ? multimodal(number, at)
         : number == 21 || number == 22 ? gallagher(number, at)
                                        : weak_structure(number, at);
}

TEST(BbobFunctions, AreZeroAtTheirOptimum) {
  for (int number = 1; number <= 24; ++number) {
    for (std::size_t n : {2, 3, 10, 100}) {
      for (std::uint64_t seed : {0, 1, 2}) {
        const Instance at = make_instance(number, n, seed);
        // Rounding of the rotations is magnified by √ (13, 17, 18) and by Katsuura's 2³² (23).
        const double tolerance = number == 13 || number == 17 || number == 18 || number == 23 ? 1e-4 : 1e-8;
        EXPECT_NEAR(function_of(number, at)(at.optimum), 0, tolerance) << number << " n " << n << " seed " << seed;
      }
    }
  }
}

TEST(BbobFunctions, OptimumLiesInsideTheBox) {
  for (int number = 1; number <= 24; ++number) {
    for (double place : make_instance(number, 10, 4).optimum) EXPECT_LE(std::abs(place), 5) << number;
  }
}

TEST(BbobTransforms, RotationKeepsLengthsAndIsUndoneByItsTranspose) {
  const Rotation rotation(7, 3, "a test");
  const Vector z = {1, -2, 3, 0.5, 0, 4, -1};
  const Vector turned = rotation.apply(z);
  EXPECT_NEAR(square_norm(turned), square_norm(z), 1e-12);
  const Vector back = rotation.apply_transposed(turned);
  for (std::size_t i = 0; i < z.size(); ++i) EXPECT_NEAR(back[i], z[i], 1e-13);
}

TEST(BbobTransforms, OscillationIsMonotoneAndKeepsSignAndZero) {
  EXPECT_EQ(oscillate(0.0), 0);
  double last = oscillate(-5.0);
  for (double x = -4.99; x < 5; x += 0.01) {
    const double value = oscillate(x);
    EXPECT_GT(value, last);
    last = value;
  }
}

}  // namespace
}  // namespace hone::bbob
