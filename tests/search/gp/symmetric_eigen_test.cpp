#include "search/gp/symmetric_eigen.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hone {
namespace {

TEST(SymmetricEigen, RebuildsTheMatrixFromOrthonormalVectors) {
  constexpr std::size_t kSize = 7;
  std::vector<double> matrix(kSize * kSize);
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j < kSize; ++j) {
      matrix[i + kSize * j] = std::sin(static_cast<double>(i * j)) + (i == j ? static_cast<double>(i) : 0);
    }
  }
  const SymmetricEigen eigen = symmetric_eigen(matrix, kSize);
  for (std::size_t i = 0; i < kSize; ++i) {
    if (i > 0) {
      EXPECT_LE(eigen.values[i - 1], eigen.values[i]);
    }
    for (std::size_t j = 0; j < kSize; ++j) {
      double entry = 0;
      double product = 0;
      for (std::size_t k = 0; k < kSize; ++k) {
        entry += eigen.values[k] * eigen.vectors[i + kSize * k] * eigen.vectors[j + kSize * k];
        product += eigen.vectors[k + kSize * i] * eigen.vectors[k + kSize * j];
      }
      // A few roundings of numbers below ten.
      EXPECT_NEAR(entry, matrix[i + kSize * j], 1e-13) << i << " " << j;
      EXPECT_NEAR(product, i == j ? 1 : 0, 1e-14) << i << " " << j;
    }
  }
}

TEST(SymmetricEigen, KnowsATwoByTwoMatrix) {
  const std::vector<double> matrix = {2, 1, 1, 2};
  const SymmetricEigen eigen = symmetric_eigen(matrix, 2);
  EXPECT_NEAR(eigen.values[0], 1, 1e-15);
  EXPECT_NEAR(eigen.values[1], 3, 1e-15);
}

}  // namespace
}  // namespace hone
