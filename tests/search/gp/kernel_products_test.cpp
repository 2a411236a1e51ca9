#include "search/gp/kernel_products.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/random.h"

namespace hone {
namespace {

double log_sum(const KernelProducts& products, std::span<const float> point,
               std::span<const KernelProducts::Row* const> rows) {
  KernelProducts::Scratch scratch;
  return products.log_sum(point, rows, scratch);
}

TEST(KernelProducts, SumToWhatTheirFormulaSays) {
  // One product, a chunk less one, a chunk and one, and many.
  for (const std::size_t size : {1U, 15U, 17U, 1000U}) {
    RandomStream random(1, static_cast<std::int64_t>(size), "test");
    std::vector<double> weights;
    std::vector<double> row;
    std::vector<std::vector<double>> centres(3);
    std::vector<std::vector<double>> sharpness(3);
    for (std::size_t k = 0; k < size; ++k) {
      weights.push_back(random.uniform(-5, 5));
      row.push_back(random.uniform(-3, 0));
      for (std::size_t j = 0; j < 3; ++j) {
        centres[j].push_back(random.uniform());
        sharpness[j].push_back(random.uniform(1, 30));
      }
    }
    KernelProducts products(weights);
    for (std::size_t j = 0; j < 3; ++j) products.add_dimension(centres[j], sharpness[j]);
    const KernelProducts::Row added = products.make_row(row);
    const KernelProducts::Row* const rows[] = {&added};
    // The second dimension is left out.
    const std::vector<float> point = {0.25F, -1, 0.75F};
    double sum = 0;
    double sum_without_row = 0;
    for (std::size_t k = 0; k < size; ++k) {
      double log = weights[k];
      for (const std::size_t j : {0U, 2U}) {
        const double z = (static_cast<double>(point[j]) - centres[j][k]) * sharpness[j][k];
        log -= 0.5 * z * z;
      }
      sum_without_row += std::exp(log);
      sum += std::exp(log + row[k]);
    }
    // Single precision: 1e-6 of a width off, tens of widths away.
    EXPECT_NEAR(log_sum(products, point, {}), std::log(sum_without_row), 1e-3) << size;
    EXPECT_NEAR(log_sum(products, point, rows), std::log(sum), 1e-3) << size;
  }
}

TEST(KernelProducts, ExponentiateToSinglePrecision) {
  for (double t = 0; t < 30; t += 0.0625 + 1.0 / 1024) {
    const KernelProducts products(std::vector<double>{0, -t});
    // The two lanes are added in double precision, so that 1 takes nothing from the other.
    EXPECT_NEAR(std::expm1(log_sum(products, {}, {})) / std::exp(-t), 1, 3e-7 + 1e-15 / std::exp(-t)) << t;
  }
}

TEST(KernelProducts, KeepTheirDistanceBelowEveryExponent) {
  KernelProducts products(std::vector<double>{0, 1e6, -std::numeric_limits<double>::infinity()});
  EXPECT_NEAR(log_sum(products, {}, {}), 1e6, 0.1);
  products.add_dimension(std::vector<double>{0, 0, 0}, std::vector<double>{1e5, 1e5, 1e5});
  const std::vector<float> far = {1};
  EXPECT_NEAR(log_sum(products, far, {}), 1e6 - 5e9, 1e3);  // single precision
}

}  // namespace
}  // namespace hone
