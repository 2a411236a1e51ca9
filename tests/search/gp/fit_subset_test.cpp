#include "search/gp/fit_subset.h"

#include <gtest/gtest.h>

#include <cmath>

#include "search/gp/fit.h"
#include "tests/search/gp/gp_samples.h"

namespace hone {
namespace {

TEST(FitSubset, HoldsTheBestAndThoseFarFromThem) {
  // On a line: 0 and 1 are the best, then 9 is farthest from both, then 5 from all three.
  GpData data = {{1, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}}, {0}, {-9, -8, 1, 2, 3, 4, 5, 6, 7, 8}};
  EXPECT_EQ(representative(data, 4), (std::vector<std::size_t>{0, 1, 5, 9}));
  const GpData part = subset(data, representative(data, 4));
  EXPECT_EQ(part.points.values, (std::vector<double>{0, 1, 5, 9}));
  EXPECT_EQ(part.targets, (std::vector<double>{-9, -8, 4, 8}));
}

TEST(FitSubset, IsAllOfFew) {
  EXPECT_EQ(representative(smooth_data(5, 2, 1), 8), (std::vector<std::size_t>{0, 1, 2, 3, 4}));
}

TEST(FitSubset, OfEqualPointsIsStillAsLargeAsAsked) {
  const GpData data = {{1, std::vector<double>(6, 0.5)}, {0}, {1, 2, 3, 4, 5, 6}};
  EXPECT_EQ(representative(data, 4).size(), 4u);
}

TEST(FitSubset, IsWhatManyObservationsAreFittedTo) {
  const GpData data = smooth_data(620, 1, 1);
  EXPECT_EQ(fit(data).log_lengths, fit(subset(data, representative(data, 512))).log_lengths);
}

}  // namespace
}  // namespace hone
