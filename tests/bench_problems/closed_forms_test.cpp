#include "tests/bench/problems/closed_forms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/error.h"
#include "tests/bench/problems/raw_forms.h"

namespace hone {
namespace {

Params uniform_point(const BenchmarkProblem& problem, RandomStream& stream) {
  Params params;
  for (const ParameterSpec& axis : problem.space) params[axis.name] = stream.uniform(*axis.low, *axis.high);
  return params;
}

double value_at(const BenchmarkProblem& problem, const Params& params) { return problem.evaluate(params).front(); }

/// Lowest value by shrinking random steps from the best of many draws.
double lowest_found(const BenchmarkProblem& problem, int draws, int steps) {
  RandomStream stream(7, -1, "descent");
  Params best = uniform_point(problem, stream);
  for (int i = 0; i < draws; ++i) {
    const Params other = uniform_point(problem, stream);
    if (value_at(problem, other) < value_at(problem, best)) best = other;
  }
  double width = 0.1;
  for (int i = 0; i < steps; ++i) {
    Params other = best;
    for (const ParameterSpec& axis : problem.space) {
      const double moved = as_number(best[axis.name]) + width * (*axis.high - *axis.low) * stream.normal();
      other[axis.name] = std::clamp(moved, *axis.low, *axis.high);
    }
    if (value_at(problem, other) < value_at(problem, best)) {
      best = other;
      width = std::min(0.2, width * 1.3);
    } else {
      width = std::max(1e-9, width * 0.95);
    }
  }
  return value_at(problem, best);
}

TEST(ClosedForms, KnownBestPointsHaveTheKnownBestValues) {
  EXPECT_NEAR(raw_branin(std::numbers::pi, 2.275), kBraninBest, 1e-14);
  EXPECT_NEAR(raw_hartmann3(kHartmann3Point), kHartmann3Best, 1e-14);
  EXPECT_NEAR(raw_hartmann6(kHartmann6Point), kHartmann6Best, 1e-14);
}

TEST(ClosedForms, ShiftedOnesReachTheirOptimumAndNotLess) {
  for (std::int64_t instance = 1; instance <= 5; ++instance) {
    for (const BenchmarkProblem& problem : {make_branin(instance), make_hartmann(3, instance)}) {
      const double lowest = lowest_found(problem, 3000, 4000);
      EXPECT_NEAR(lowest, problem.optimum, 1e-9) << problem.name;
      EXPECT_GE(lowest, problem.optimum - 1e-12) << problem.name;
    }
  }
}

TEST(ClosedForms, OptimumMovesWithTheInstanceAndIsNeverTheCentre) {
  for (const auto make : {make_rastrigin, make_ackley, make_levy}) {
    const BenchmarkProblem first = make(4, 1);
    const BenchmarkProblem second = make(4, 2);
    Params centre;
    for (const ParameterSpec& axis : first.space) centre[axis.name] = (*axis.low + *axis.high) / 2;
    EXPECT_GT(value_at(first, centre), 0.1) << first.name;
    EXPECT_NE(value_at(first, centre), value_at(second, centre)) << first.name;
    EXPECT_NEAR(lowest_found(make(1, 3), 2000, 3000), 0, 1e-6) << first.name;
  }
}

TEST(Bbob, IsZeroAtTheOptimumAndFiniteElsewhere) {
  for (int function = 1; function <= 24; ++function) {
    for (int dimension : {2, 5, 40}) {
      const BenchmarkProblem problem = make_bbob(function, dimension, 3);
      RandomStream stream(5, function, "points");
      for (int i = 0; i < 20; ++i) {
        const double value = value_at(problem, uniform_point(problem, stream));
        EXPECT_TRUE(std::isfinite(value) && value > 0) << problem.name << " " << value;
      }
    }
  }
}

TEST(Bbob, RefusesWhatIsNoFunction) {
  EXPECT_THROW(make_bbob(25, 2, 1), Error);
  EXPECT_THROW(make_bbob(1, 1, 1), Error);
}

TEST(Conditional, EachBranchHasItsOwnParametersAndBest) {
  const BenchmarkProblem problem = make_conditional(1);
  EXPECT_EQ(problem.space[2].when, "kind == 'branin'");
  RandomStream stream(1, -1, "draws");
  double hartmann = 1e9;
  for (int i = 0; i < 20000; ++i) {
    const double x = stream.uniform();
    const double branin = value_at(problem, {{"kind", std::string("branin")}, {"x1", x}, {"x2", stream.uniform()}});
    EXPECT_GE(branin, 0);
    const Params third = {
        {"kind", std::string("hartmann")}, {"x1", x}, {"y1", stream.uniform()}, {"y2", stream.uniform()}};
    hartmann = std::min(hartmann, value_at(problem, third));
    EXPECT_GE(value_at(problem, {{"kind", std::string("rastrigin")}, {"x1", x}, {"w", stream.uniform()}}), 0);
  }
  EXPECT_GE(hartmann, 0.5);
  EXPECT_LT(hartmann, 0.7);
}

/// Points of the true front: x1 on a grid, the distance variables found coordinate by coordinate.
double share_of_front(const BenchmarkProblem& problem) {
  Params params;
  for (const ParameterSpec& axis : problem.space) params[axis.name] = 0.5;
  params["x1"] = 0.2;
  for (std::size_t i = 1; i < problem.space.size(); ++i) {
    const std::string& name = problem.space[i].name;
    double best = 0;
    double lowest = 1e9;
    for (int k = 0; k <= 2000; ++k) {
      params[name] = k / 2000.0;
      const std::vector<double> values = problem.evaluate(params);
      if (values[1] < lowest) {
        lowest = values[1];
        best = k / 2000.0;
      }
    }
    params[name] = best;
  }
  std::vector<std::array<double, 2>> points;
  for (int k = 0; k <= 4000; ++k) {
    params["x1"] = k / 4000.0;
    const std::vector<double> values = problem.evaluate(params);
    points.push_back({values[0], values[1]});
  }
  return hypervolume_share(problem, points);
}

TEST(TwoObjectives, InstanceZeroIsTheLiteratures) {
  Params params;
  for (int i = 1; i <= 6; ++i) params["x" + std::to_string(i)] = i == 1 ? 0.25 : 0.0;
  const std::vector<double> values = make_zdt(1, 6, 0).evaluate(params);
  EXPECT_DOUBLE_EQ(values[0], 0.25);
  EXPECT_DOUBLE_EQ(values[1], 0.5);
}

TEST(ClosedForms, InstanceZeroIsTheLiteratures) {
  const Params best = {{"x1", kHartmann3Point[0]}, {"x2", kHartmann3Point[1]}, {"x3", kHartmann3Point[2]}};
  EXPECT_EQ(value_at(make_hartmann(3, 0), best), raw_hartmann3(kHartmann3Point));
}

TEST(TwoObjectives, TrueFrontHasTheWholeHypervolume) {
  for (int number : {1, 2, 3}) {
    const double share = share_of_front(make_zdt(number, 6, 2));
    EXPECT_GT(share, 0.99) << number;  // the grid is 1/2000 from the optimum's place
    EXPECT_LE(share, 1) << number;
  }
  const double share = share_of_front(make_dtlz2(6, 2));
  EXPECT_GT(share, 0.99);
  EXPECT_LE(share, 1);
}

}  // namespace
}  // namespace hone
