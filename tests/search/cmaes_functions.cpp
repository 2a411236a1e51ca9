#include "tests/search/cmaes_functions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>

#include "core/random.h"
#include "search/samplers/cmaes_distribution.h"
#include "search/samplers/cmaes_learning_rates.h"

namespace hone {
namespace {

/// Rows of a random orthonormal matrix (Gram and Schmidt on normal vectors).
std::vector<std::vector<double>> rotation(std::size_t n, std::uint64_t seed) {
  RandomStream random(seed, -1, "rotation");
  std::vector<std::vector<double>> rows(n, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) {
    for (double& x : rows[i]) x = random.normal();
    for (std::size_t k = 0; k < i; ++k) {
      const double along = std::inner_product(rows[i].begin(), rows[i].end(), rows[k].begin(), 0.0);
      for (std::size_t j = 0; j < n; ++j) rows[i][j] -= along * rows[k][j];
    }
    const double length = std::sqrt(std::inner_product(rows[i].begin(), rows[i].end(), rows[i].begin(), 0.0));
    for (double& x : rows[i]) x /= length;
  }
  return rows;
}

struct Ending {
  std::vector<double> mean;
  /// Until the target was met.
  std::optional<std::int64_t> evaluations = {};
};

Ending run(const RealFunction& function, std::size_t dimensions, std::uint64_t seed, const CmaesRunOptions& options,
           double target) {
  const std::size_t population = default_population(dimensions);
  const CmaesConstants constants(dimensions, population, options.separable);
  RandomStream random(seed, 0, "cmaes");
  std::vector<double> start(dimensions);
  for (double& x : start) x = random.uniform(-4, 4);
  CmaesDistribution distribution(std::move(start), 2, options.separable);
  CmaesLearningRates rates(dimensions, options.separable);
  for (std::int64_t evaluations = 0; evaluations < options.evaluations;) {
    std::vector<std::pair<double, std::vector<double>>> points;
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < population; ++i) {
      std::vector<double> point = distribution.draw(random);
      const double value = function(point);
      best = std::min(best, value);
      const double seen = options.noise > 0 ? value + options.noise * random.normal() : value;
      points.emplace_back(seen, std::move(point));
    }
    evaluations += static_cast<std::int64_t>(population);
    if (best < target) return {distribution.mean, evaluations};
    std::sort(points.begin(), points.end());
    std::vector<std::vector<double>> ranked;
    for (auto& [value, point] : points) ranked.push_back(std::move(point));
    CmaesDistribution after = updated(constants, distribution, ranked);
    distribution = options.adapt_rates ? rates.adapted(distribution, std::move(after)) : std::move(after);
  }
  return {distribution.mean, {}};
}

}  // namespace

double sphere(const std::vector<double>& x) { return std::inner_product(x.begin(), x.end(), x.begin(), 0.0); }

double rosenbrock(const std::vector<double>& x) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const double valley = x[i] * x[i] - x[i + 1];
    sum += 100 * valley * valley + (x[i] - 1) * (x[i] - 1);
  }
  return sum;
}

double rastrigin(const std::vector<double>& x) {
  double sum = 0;
  for (const double z : x) sum += z * z + 10 - 10 * std::cos(2 * std::numbers::pi * z);
  return sum;
}

RealFunction rotated_ellipsoid(std::size_t dimensions, double condition, std::uint64_t seed) {
  return [condition, rows = rotation(dimensions, seed)](const std::vector<double>& x) {
    double sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double z = std::inner_product(rows[i].begin(), rows[i].end(), x.begin(), 0.0);
      sum += std::pow(condition, static_cast<double>(i) / static_cast<double>(rows.size() - 1)) * z * z;
    }
    return sum;
  };
}

double value_of_last_mean(const RealFunction& function, std::size_t dimensions, std::uint64_t seed,
                          const CmaesRunOptions& options) {
  return function(run(function, dimensions, seed, options, -1).mean);
}

std::optional<std::int64_t> evaluations_to_target(const RealFunction& function, std::size_t dimensions,
                                                  std::uint64_t seed, const CmaesRunOptions& options) {
  return run(function, dimensions, seed, options, 1e-8).evaluations;
}

}  // namespace hone
