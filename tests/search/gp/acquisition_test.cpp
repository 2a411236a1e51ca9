#include "search/gp/acquisition.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

/// slope·Σ x_i at each point.
class Plane final : public Acquisition {
 public:
  explicit Plane(double slope) : slope_(slope) {}

  std::vector<double> values(const Points& points) const override { return with_gradients(points).values; }
  WithGradients with_gradients(const Points& points) const override {
    WithGradients found;
    for (std::size_t i = 0; i < points.size(); ++i) {
      double sum = 0;
      for (const double x : points[i]) sum += x;
      found.values.push_back(slope_ * sum);
    }
    found.gradients.assign(points.values.size(), slope_);
    return found;
  }

 private:
  double slope_;
};

TEST(SumOfAcquisitions, WeighsValuesAndGradients) {
  const Plane one(1);
  const Plane ten(10);
  SumOfAcquisitions sum;
  sum.add(one);
  sum.add(ten, 0.5);
  const Points points = {2, {1, 2, 3, 4}};
  EXPECT_EQ(sum.values(points), (std::vector<double>{18, 42}));
  const auto found = sum.with_gradients(points);
  EXPECT_EQ(found.values, sum.values(points));
  EXPECT_EQ(found.gradients, (std::vector<double>{6, 6, 6, 6}));
}

}  // namespace
}  // namespace hone
