#include "search/samplers/parzen_mixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/statistics.h"
#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

using Point = ParzenMixture::Point;

ParameterSpec stepped(ParameterSpec spec, double step) {
  spec.step = step;
  return spec;
}

TrialPoints::Columns columns_of(const std::vector<Point>& points, std::size_t parameters) {
  TrialPoints::Columns columns(parameters);
  for (const Point& point : points) {
    for (std::size_t j = 0; j < parameters; ++j) columns[j].push_back(point[j]);
  }
  return columns;
}

/// A mixture over one parameter with observations of it.
ParzenMixture mixture_of(const SearchSpace& space, const std::vector<double>& observed) {
  return ParzenMixture(space, {observed});
}

/// Sum of the probabilities of all levels, or the integral over the unit interval by the midpoint rule.
double total(const SearchSpace& space, const std::vector<double>& observed) {
  const std::int64_t levels = space.parameters()[0].levels;
  const std::int64_t n = levels > 0 ? levels : 20000;
  std::vector<Point> points;
  for (std::int64_t i = 0; i < n; ++i) {
    points.push_back({levels > 0 ? static_cast<double>(i) : (static_cast<double>(i) + 0.5) / static_cast<double>(n)});
  }
  double sum = 0;
  for (const double log_density : mixture_of(space, observed).log_densities(points)) sum += std::exp(log_density);
  return levels > 0 ? sum : sum / static_cast<double>(n);
}

TEST(ParzenMixture, IntegratesToOneForEveryKind) {
  std::vector<double> units;
  std::vector<double> levels;
  for (int i = 0; i < 40; ++i) {
    units.push_back(std::pow(i / 39.0, 2));
    levels.push_back(i * i % 3);
  }
  const auto expect_one = [&](const ParameterSpec& spec, const std::vector<double>& observed, double tolerance) {
    const SearchSpace space = space_of({spec});
    EXPECT_NEAR(total(space, observed), 1, tolerance) << spec.name;
    EXPECT_NEAR(total(space, {}), 1, tolerance) << spec.name << " without observations";
    EXPECT_NEAR(total(space, {observed[1]}), 1, tolerance) << spec.name << " with one observation";
  };
  // The midpoint rule at 20,000 points, kernels at least a hundredth wide; sums over kernels in single precision.
  expect_one(float_parameter("float", -2, 3), units, 1e-5);
  expect_one(float_parameter("log", 1e-4, 1, LogScale::natural), units, 1e-5);
  expect_one(float_parameter("reverse", 0.5, 0.99, LogScale::reverse), units, 1e-5);
  // Sums of at most a hundred probabilities in single precision.
  expect_one(int_parameter("int", 1, 9), levels, 1e-6);
  expect_one(int_parameter("log int", 1, 100, LogScale::natural), levels, 1e-6);
  expect_one(stepped(float_parameter("stepped", 0, 1), 0.1), levels, 1e-6);
  expect_one(ordinal_parameter("ordinal", {0.1, 0.2, 0.5}), levels, 1e-6);
  expect_one(categorical_parameter("categorical", {"a", "b", "c", "d"}), levels, 1e-6);
  expect_one(bool_parameter("bool"), {1, 0, 1, 1}, 1e-6);
}

TEST(ParzenMixture, WeighsCategoriesByTheirCounts) {
  const SearchSpace space = space_of({categorical_parameter("c", {"a", "b", "c"})});
  // Three observations and the prior: n = 4; a kernel gives its own level (1 + 1/4)/(1 + 3/4), the others (1/4)/(7/4).
  const std::vector<Point> levels = {{0}, {1}, {2}};
  const std::vector<double> logs = mixture_of(space, {0, 0, 2}).log_densities(levels);
  // Single precision.
  EXPECT_NEAR(std::exp(logs[0]), (2 * 5.0 / 7 + 1.0 / 7 + 1.0 / 3) / 4, 1e-6);
  EXPECT_NEAR(std::exp(logs[1]), (3 * 1.0 / 7 + 1.0 / 3) / 4, 1e-6);
  EXPECT_NEAR(std::exp(logs[2]), (5.0 / 7 + 2 * 1.0 / 7 + 1.0 / 3) / 4, 1e-6);
}

TEST(ParzenMixture, IsAProductWithinAKernelOnly) {
  // Two points on the diagonal: the mixture must prefer the diagonal to the corners off it.
  const SearchSpace space = space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1)});
  const std::vector<Point> observed = {{0.1, 0.1}, {0.15, 0.15}, {0.9, 0.9}, {0.85, 0.85}};
  const std::vector<Point> asked = {{0.1, 0.1}, {0.1, 0.9}};
  const std::vector<double> logs = ParzenMixture(space, columns_of(observed, space.size())).log_densities(asked);
  EXPECT_GT(logs[0], logs[1] + 0.5);
}

TEST(ParzenMixture, DrawsWhatItsDensitySays) {
  const SearchSpace space = space_of({int_parameter("n", 1, 8, LogScale::natural)});
  const ParzenMixture mixture = mixture_of(space, {0, 5, 5, 6});
  std::vector<Point> levels;
  for (int level = 0; level < 8; ++level) levels.push_back({static_cast<double>(level)});
  const std::vector<double> logs = mixture.log_densities(levels);
  constexpr int kDraws = 50000;
  std::vector<int> counts(8);
  RandomStream random(1, 0, "test");
  for (int i = 0; i < kDraws; ++i) ++counts.at(static_cast<std::size_t>(mixture.draw(random)[0]));
  for (std::size_t level = 0; level < 8; ++level) {
    const double p = std::exp(logs[level]);
    // Five standard deviations of a binomial count.
    EXPECT_NEAR(counts[level], kDraws * p, 5 * std::sqrt(kDraws * p * (1 - p))) << level;
  }
}

TEST(ParzenMixture, DrawsCategoriesAsItsDensitySays) {
  const SearchSpace space = space_of({categorical_parameter("c", {"a", "b", "c"})});
  const ParzenMixture mixture = mixture_of(space, {2, 2, 1});
  const std::vector<Point> levels = {{0}, {1}, {2}};
  const std::vector<double> logs = mixture.log_densities(levels);
  constexpr int kDraws = 50000;
  std::vector<int> counts(3);
  RandomStream random(1, 0, "test");
  for (int i = 0; i < kDraws; ++i) ++counts.at(static_cast<std::size_t>(mixture.draw(random)[0]));
  for (std::size_t level = 0; level < 3; ++level) {
    const double p = std::exp(logs[level]);
    EXPECT_NEAR(counts[level], kDraws * p, 5 * std::sqrt(kDraws * p * (1 - p))) << level;
  }
}

TEST(ParzenMixture, EqualsTheFullSumOverAThousandKernels) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1)});
  constexpr std::size_t kPoints = 1000;
  RandomStream random(3, 0, "test");
  std::vector<Point> observed;
  for (std::size_t i = 0; i < kPoints; ++i) observed.push_back({random.uniform(0.2, 0.4), random.uniform()});
  // Clusters, gaps and both ends of the interval.
  for (const double edge : {0.0, 0.2, 0.4, 1.0}) observed.push_back({edge, edge});
  const ParzenMixture mixture(space, columns_of(observed, space.size()));
  const auto widest_gap = [&](std::size_t j, std::size_t kernel) {
    double below = -1;
    double above = 2;
    for (std::size_t i = 0; i <= observed.size(); ++i) {
      const double x = i < observed.size() ? observed[i][j] : 0.5;
      if (i == kernel) continue;
      if (x <= observed[kernel][j]) below = std::max(below, x);
      if (x >= observed[kernel][j]) above = std::min(above, x);
    }
    const double left = below < 0 ? 0 : observed[kernel][j] - below;
    const double right = above > 1 ? 0 : above - observed[kernel][j];
    return std::clamp(std::max(left, right), 0.01, 1.0);
  };
  const auto density = [](double x, double centre, double width) {
    const double mass = normal_cdf((1 - centre) / width) - normal_cdf(-centre / width);
    const double z = (x - centre) / width;
    return std::exp(-0.5 * z * z) / (std::sqrt(2 * M_PI) * width * mass);
  };
  const std::size_t n = observed.size();
  for (const Point& point : {Point{0.3, 0.3}, Point{0.05, 0.9}, Point{0.41, 0.0}, Point{1.0, 1.0}}) {
    double sum = density(point[0], 0.5, 1) * density(point[1], 0.5, 1);
    double weights = 1;
    for (std::size_t k = 0; k < n; ++k) {
      // The newest 25 weigh 1, the older rise from 1/n to it.
      const double share = static_cast<double>(k) / static_cast<double>(n - 26);
      const double first = 1 / static_cast<double>(n);
      const double weight = k < n - 25 ? first + (1 - first) * share : 1;
      weights += weight;
      sum += weight * density(point[0], observed[k][0], widest_gap(0, k)) *
             density(point[1], observed[k][1], widest_gap(1, k));
    }
    // Kernels a hundredth wide in single precision: 1e-5 of a width, times a few widths.
    EXPECT_NEAR(mixture.log_densities(std::vector<Point>{point})[0], std::log(sum / weights), 1e-4);
  }
}

SearchSpace branches() {
  return space_of({categorical_parameter("kind", {"a", "b"}), float_parameter("x", 0, 1),
                   when(float_parameter("ya", 0, 1), "kind == 'a'"), when(int_parameter("yb", 1, 5), "kind == 'b'")});
}

constexpr double kAbsent = ParzenMixture::kAbsent;

TEST(ParzenMixture, IntegratesToOneOverAllBranches) {
  const SearchSpace space = branches();
  const std::vector<Point> observed = {
      {0, 0.2, 0.7, kAbsent}, {1, 0.9, kAbsent, 3}, {0, 0.3, 0.6, kAbsent}, {1, 0.5, kAbsent, 0}};
  const ParzenMixture mixture(space, columns_of(observed, space.size()));
  constexpr int kSteps = 100;
  std::vector<Point> points;
  for (int i = 0; i < kSteps; ++i) {
    const double x = (i + 0.5) / kSteps;
    for (int j = 0; j < kSteps; ++j) points.push_back({0, x, (j + 0.5) / kSteps, kAbsent});
  }
  const std::size_t first_branch = points.size();
  for (int i = 0; i < kSteps; ++i) {
    for (double level = 0; level < 5; ++level) points.push_back({1, (i + 0.5) / kSteps, kAbsent, level});
  }
  const std::vector<double> logs = mixture.log_densities(points);
  double sum = 0;
  for (std::size_t i = 0; i < logs.size(); ++i) sum += std::exp(logs[i]) / (i < first_branch ? 1e4 : 1e2);
  // The midpoint rule with kernels at least a fifth wide.
  EXPECT_NEAR(sum, 1, 1e-4);
}

TEST(ParzenMixture, DrawsOnlyWhatIsActive) {
  const SearchSpace space = branches();
  const std::vector<Point> observed = {{0, 0.2, 0.7, kAbsent}, {1, 0.9, kAbsent, 3}};
  const ParzenMixture mixture(space, columns_of(observed, space.size()));
  RandomStream random(1, 0, "test");
  int first = 0;
  for (int i = 0; i < 1000; ++i) {
    const Point point = mixture.draw(random);
    EXPECT_EQ(point[2] == kAbsent, point[0] == 1);
    EXPECT_EQ(point[3] == kAbsent, point[0] == 0);
    first += point[0] == 0 ? 1 : 0;
  }
  EXPECT_NEAR(first, 500, 80);  // five standard deviations
}

TEST(ParzenMixture, ModelsABranchTogetherWithWhatAllBranchesShare) {
  // In branch a the good x and ya lie on a diagonal: neither alone tells a point on it from one off it.
  const SearchSpace space = branches();
  const std::vector<Point> observed = {{0, 0.1, 0.1, kAbsent},   {0, 0.15, 0.15, kAbsent}, {0, 0.9, 0.9, kAbsent},
                                       {0, 0.85, 0.85, kAbsent}, {1, 0.5, kAbsent, 2},     {1, 0.4, kAbsent, 2}};
  const std::vector<Point> asked = {{0, 0.1, 0.1, kAbsent}, {0, 0.1, 0.9, kAbsent}};
  const std::vector<double> logs = ParzenMixture(space, columns_of(observed, space.size())).log_densities(asked);
  EXPECT_GT(logs[0], logs[1] + 0.5);
}

TEST(ParzenMixture, TakesTheUsersPriorForItsOwnWhereThereIsOne) {
  ParameterSpec x = float_parameter("x", 0, 1);
  x.prior = 0.9;
  x.confidence = Confidence::high;
  ParameterSpec c = categorical_parameter("c", {"a", "b", "c"});
  c.prior = "b";
  const SearchSpace space = space_of({x, c});
  // Without observations the mixture is the prior.
  const ParzenMixture mixture(space, {{}, {}}, ParzenMixture::Prior::of_user);
  const UserPrior of_x = *UserPrior::of(space.parameters()[0]);
  const UserPrior of_c = *UserPrior::of(space.parameters()[1]);
  const std::vector<Point> points = {{0.85, 1}, {0.95, 2}};
  const std::vector<double> logs = mixture.log_densities(points);
  EXPECT_NEAR(logs[0], of_x.log_density(0.85) + std::log(of_c.probability(1)), 1e-6);
  EXPECT_NEAR(logs[1], of_x.log_density(0.95) + std::log(of_c.probability(2)), 1e-6);
  RandomStream random(1, 0, "test");
  double sum = 0;
  int believed = 0;
  constexpr int kDraws = 10'000;
  for (int i = 0; i < kDraws; ++i) {
    const Point point = mixture.draw(random);
    sum += point[0] / kDraws;
    believed += point[1] == 1 ? 1 : 0;
  }
  // Five standard deviations; the cut at 1, two widths away, moves the mean down by .055 widths.
  EXPECT_NEAR(sum, 0.9 - 0.05 * 0.0553, 5 * 0.05 / 100);
  EXPECT_NEAR(believed, kDraws * of_c.probability(1), 5 * std::sqrt(kDraws * 0.86 * 0.14));
}

TEST(ParzenMixture, ForgetsOldObservationsSlowly) {
  // 60 old observations of one level and 25 new ones of the other: the ramp about halves the weight of the old.
  const SearchSpace space = space_of({categorical_parameter("c", {"old", "new"})});
  std::vector<double> observed(60, 0.0);
  observed.insert(observed.end(), 25, 1.0);
  const std::vector<Point> levels = {{0}, {1}};
  const std::vector<double> logs = mixture_of(space, observed).log_densities(levels);
  const double n = 86;
  const double hit = (n + 1) / (n + 2);
  const double old_weight = 60 * (1 + 1.0 / 85) / 2;
  EXPECT_NEAR(std::exp(logs[0]), (old_weight * hit + 25 * (1 - hit) + 0.5) / (old_weight + 26), 1e-6);
}

}  // namespace
}  // namespace hone
