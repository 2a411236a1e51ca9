#include "search/samplers/sobol_sequence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace hone {
namespace {

std::uint32_t gray_code(std::uint32_t n) { return n ^ n >> 1; }

/// Number of the slice of width 2^−bits in which a coordinate lies.
std::uint32_t slice(double x, int bits) { return static_cast<std::uint32_t>(std::ldexp(x, bits)); }

TEST(SobolSequence, StartsWithTheKnownPoints) {
  const SobolSequence sequence(3);
  // Joe and Kuo's published first points; their order is that of the Gray code.
  const double known[][3] = {{0, 0, 0},          {0.5, 0.5, 0.5},       {0.75, 0.25, 0.25},
                             {0.25, 0.75, 0.75}, {0.375, 0.375, 0.625}, {0.875, 0.875, 0.125}};
  for (std::uint32_t n = 0; n < 6; ++n) {
    const std::vector<double> point = sequence.point(gray_code(n));
    // Points are moved by half of 2⁻³² into the open interval.
    for (std::size_t d = 0; d < 3; ++d) EXPECT_NEAR(point[d], known[n][d], 0x1p-32) << n << " " << d;
  }
}

TEST(SobolSequence, AgreesWithSciPyInAllTabledDimensions) {
  // scipy.stats.qmc.Sobol(21, scramble=False).random(4096)[2989] · 4096
  const std::uint32_t known[] = {3559, 3305, 3283, 2631, 1281, 2145, 2767, 3527, 2135, 1583, 1691,
                                 699,  1737, 3035, 4015, 1981, 1009, 565,  189,  1661, 3867};
  const std::vector<double> point = SobolSequence(21).point(gray_code(2989));
  for (std::size_t d = 0; d < 21; ++d) EXPECT_EQ(slice(point[d], 12), known[d]) << d;
}

TEST(SobolSequence, KeepsTheNetPropertyWhenScrambled) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const SobolSequence sequence(2, seed);
    for (int m = 0; m <= 8; ++m) {
      for (int a = 0; a <= m; ++a) {
        // Boxes of 2^−a by 2^−(m−a): every one of the 2^m must hold one of the first 2^m points.
        std::set<std::pair<std::uint32_t, std::uint32_t>> boxes;
        for (std::uint32_t i = 0; i < 1u << m; ++i) {
          const std::vector<double> point = sequence.point(i);
          boxes.insert({slice(point[0], a), slice(point[1], m - a)});
        }
        EXPECT_EQ(boxes.size(), std::size_t{1} << m) << "seed " << seed << ", m " << m << ", a " << a;
      }
    }
  }
}

TEST(SobolSequence, GoesBeyondTheTableWithDifferentDimensions) {
  constexpr std::size_t kDimensions = 120;
  const SobolSequence sequence(kDimensions);
  std::vector<std::vector<double>> points;
  for (std::uint32_t i = 0; i < 256; ++i) points.push_back(sequence.point(i));
  std::set<std::vector<std::uint32_t>> orders;
  for (std::size_t d = 0; d < kDimensions; ++d) {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < 256; ++i) order.push_back(slice(points[i][d], 8));
    EXPECT_EQ(std::set<std::uint32_t>(order.begin(), order.end()).size(), 256u) << "dimension " << d;
    orders.insert(order);
  }
  EXPECT_EQ(orders.size(), kDimensions);
}

TEST(SobolSequence, DependsOnItsSeedOnly) {
  EXPECT_EQ(SobolSequence(5, 1).point(9), SobolSequence(5, 1).point(9));
  EXPECT_NE(SobolSequence(5, 1).point(9), SobolSequence(5, 2).point(9));
  // More dimensions leave the first ones as they are.
  EXPECT_EQ(SobolSequence(30, 1).point(9)[4], SobolSequence(5, 1).point(9)[4]);
}

}  // namespace
}  // namespace hone
