#include "search/gp/lbfgs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace hone {
namespace {

using Function = std::function<double(const std::vector<double>&, std::vector<double>&)>;

/// Minimises; the number of evaluations.
int run(Lbfgs& search, const Function& function) {
  int evaluations = 0;
  while (!search.done()) {
    std::vector<double> gradient(search.query().size());
    const double value = function(search.query(), gradient);
    search.tell(value, gradient);
    ++evaluations;
  }
  return evaluations;
}

double rosenbrock(const std::vector<double>& x, std::vector<double>& gradient) {
  const double a = x[1] - x[0] * x[0];
  gradient = {-400 * x[0] * a - 2 * (1 - x[0]), 200 * a};
  return 100 * a * a + (1 - x[0]) * (1 - x[0]);
}

const std::vector<double> kLow(2, -10);
const std::vector<double> kHigh(2, 10);

TEST(Lbfgs, FindsTheMinimumOfRosenbrock) {
  Lbfgs search({-1.2, 1}, kLow, kHigh, {.iterations = 200, .tolerance = 1e-8});
  EXPECT_LT(run(search, rosenbrock), 100);
  EXPECT_NEAR(search.best()[0], 1, 1e-7);
  EXPECT_NEAR(search.best()[1], 1, 1e-7);
}

TEST(Lbfgs, StopsAtTheBoundThatHoldsItBack) {
  Lbfgs search({-1.2, 1}, kLow, {0.5, 10}, {.iterations = 200, .tolerance = 1e-8});
  run(search, rosenbrock);
  EXPECT_EQ(search.best()[0], 0.5);
  EXPECT_NEAR(search.best()[1], 0.25, 1e-8);
}

TEST(Lbfgs, NeverAsksOutsideTheBox) {
  Lbfgs search({7, 7}, {0.25, 0.5}, {0.75, 0.75}, {});
  while (!search.done()) {
    EXPECT_GE(search.query()[0], 0.25);
    EXPECT_LE(search.query()[0], 0.75);
    EXPECT_GE(search.query()[1], 0.5);
    EXPECT_LE(search.query()[1], 0.75);
    std::vector<double> gradient(2);
    const double value = rosenbrock(search.query(), gradient);
    search.tell(value, gradient);
  }
}

TEST(Lbfgs, KeepsToItsIterations) {
  Lbfgs search({-1.2, 1}, kLow, kHigh, {.iterations = 3, .tolerance = 1e-8});
  EXPECT_LE(run(search, rosenbrock), 3 * 13 + 1);
  EXPECT_GT(search.best_value(), 1e-3);
}

TEST(Lbfgs, TurnsAroundBeforeValuesThatAreNotFinite) {
  // Left of 0 there is no logarithm, and the first step goes there.
  const Function barrier = [](const std::vector<double>& x, std::vector<double>& gradient) {
    gradient = {5 - 1 / x[0]};
    return 5 * x[0] - std::log(x[0]);
  };
  Lbfgs search({1}, {-10}, {10}, {.iterations = 50, .tolerance = 1e-8});
  run(search, barrier);
  EXPECT_NEAR(search.best()[0], 0.2, 1e-8);
}

TEST(Lbfgs, GivesUpWhereItCannotStart) {
  Lbfgs search({1}, {0}, {2}, {});
  search.tell(std::nan(""), std::vector<double>{1});
  EXPECT_TRUE(search.done());
  EXPECT_EQ(search.best(), std::vector<double>{1});
}

}  // namespace
}  // namespace hone
