#include "search/samplers/acquisition_search.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

/// −Σ (x_i − centre)².
class Peak final : public Acquisition {
 public:
  explicit Peak(double centre) : centre_(centre) {}

  std::vector<double> values(const Points& points) const override { return with_gradients(points).values; }
  WithGradients with_gradients(const Points& points) const override {
    WithGradients found;
    for (std::size_t i = 0; i < points.size(); ++i) {
      double sum = 0;
      for (const double x : points[i]) {
        sum -= (x - centre_) * (x - centre_);
        found.gradients.push_back(-2 * (x - centre_));
      }
      found.values.push_back(sum);
    }
    return found;
  }

 private:
  double centre_;
};

std::vector<std::vector<double>> searched(const SearchSpace& space, const AcquisitionSearchOptions& options) {
  const GpEmbedding embedding(space);
  RandomStream random(3, 0, "sampler");
  return search_acquisition(embedding, Peak(0.7), std::vector<double>(embedding.lengths(), 0.5), {}, options, random);
}

TEST(AcquisitionSearch, ClimbsToTheTop) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1)});
  const auto found = searched(space, {});
  for (const double u : found.front()) EXPECT_NEAR(u, 0.7, 1e-3);
}

TEST(AcquisitionSearch, StaysWithinWhatIsAllowed) {
  const SearchSpace space =
      space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1), int_parameter("k", 0, 4)});
  AcquisitionSearchOptions options;
  options.is_allowed = [](const std::vector<double>& unit) { return unit[0] + unit[1] <= 1 && unit[2] < 0.6; };
  const auto found = searched(space, options);
  ASSERT_FALSE(found.empty());
  for (const auto& unit : found) EXPECT_TRUE(options.is_allowed(unit));
  // The best allowed point is (½, ½, level 2 of 0 … 4): L-BFGS comes near it along the border.
  EXPECT_NEAR(found.front()[0] + found.front()[1], 1, 0.05);
  EXPECT_EQ(found.front()[2], 0.5);
}

TEST(AcquisitionSearch, ReturnsNothingWhereNothingIsAllowed) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  AcquisitionSearchOptions options;
  options.is_allowed = [](const std::vector<double>&) { return false; };
  EXPECT_TRUE(searched(space, options).empty());
}

}  // namespace
}  // namespace hone
