#include "search/gp/cholesky.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random.h"

namespace hone {
namespace {

/// AAᵀ + I of a random A, column-major.
std::vector<double> definite_matrix(std::size_t n) {
  RandomStream random(3, 0, "cholesky test");
  std::vector<double> a(n * n);
  for (double& value : a) value = random.normal();
  std::vector<double> matrix(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      matrix[j * n + i] = i == j;
      for (std::size_t k = 0; k < n; ++k) matrix[j * n + i] += a[k * n + i] * a[k * n + j];
    }
  }
  return matrix;
}

std::vector<double> leading(const std::vector<double>& matrix, std::size_t n, std::size_t size) {
  std::vector<double> part;
  for (std::size_t j = 0; j < size; ++j) {
    for (std::size_t i = 0; i < size; ++i) part.push_back(matrix[j * n + i]);
  }
  return part;
}

TEST(Cholesky, GivesTheMatrixBack) {
  const std::vector<double> matrix = definite_matrix(7);
  const auto factor = Cholesky::of(matrix, 7);
  for (std::size_t i = 0; i < 7; ++i) {
    for (std::size_t j = 0; j < 7; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < 7; ++k) sum += factor->lower()[k * 7 + i] * factor->lower()[k * 7 + j];
      EXPECT_NEAR(sum, matrix[j * 7 + i], 1e-12);
    }
  }
}

TEST(Cholesky, AppendedRowsEqualTheFullFactor) {
  const std::vector<double> matrix = definite_matrix(20);
  const auto full = Cholesky::of(matrix, 20);
  auto grown = *Cholesky::of(leading(matrix, 20, 12), 12);
  for (std::size_t n = 12; n < 20; ++n) {
    grown.append(std::span(matrix).subspan(n * 20, n), matrix[n * 20 + n]);
  }
  ASSERT_EQ(grown.size(), 20u);
  for (std::size_t i = 0; i < 400; ++i) EXPECT_NEAR(grown.lower()[i], full->lower()[i], 1e-12);
}

TEST(Cholesky, InvertsAndKnowsTheDeterminant) {
  const std::vector<double> matrix = definite_matrix(6);
  const auto factor = Cholesky::of(matrix, 6);
  const std::vector<double> inverse = factor->inverse();
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t j = 0; j < 6; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < 6; ++k) sum += matrix[k * 6 + i] * inverse[j * 6 + k];
      EXPECT_NEAR(sum, i == j, 1e-12);
    }
  }
  EXPECT_NEAR(Cholesky::of({4, 2, 2, 3}, 2)->log_determinant(), std::log(8.0), 1e-14);
}

TEST(Cholesky, SolvesWithItsTriangles) {
  const auto factor = Cholesky::of({4, 2, 2, 10}, 2);
  std::vector<double> lower = {2, 7, 4, 5};
  factor->solve_lower(lower);
  EXPECT_EQ(lower, (std::vector<double>{1, 2, 2, 1}));
  std::vector<double> upper = {4, 3};
  factor->solve_upper(upper);
  EXPECT_EQ(upper, (std::vector<double>{1.5, 1}));
}

TEST(Cholesky, HelpsASingularMatrixWithJitter) {
  const auto factor = Cholesky::of({1, 1, 1, 1}, 2);
  ASSERT_TRUE(factor);
  EXPECT_NEAR(factor->lower()[1], 1, 1e-9);
  EXPECT_FALSE(Cholesky::of({1, 2, 2, 1}, 2));
}

}  // namespace
}  // namespace hone
