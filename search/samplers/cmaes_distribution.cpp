#include "search/samplers/cmaes_distribution.h"

#include <cmath>
#include <utility>

namespace hone {
namespace {

double squared_length(std::span<const double> vector) {
  double sum = 0;
  for (const double x : vector) sum += x * x;
  return sum;
}

/// path ← (1 − rate)·path + gain·step.
void advance(std::vector<double>& path, double rate, double gain, std::span<const double> step) {
  for (std::size_t i = 0; i < path.size(); ++i) path[i] = (1 - rate) * path[i] + gain * step[i];
}

}  // namespace

CmaesDistribution::CmaesDistribution(std::vector<double> mean_, double sigma_, bool separable)
    : mean(std::move(mean_)),
      sigma(sigma_),
      covariance(mean.size(), separable),
      widening(mean.size(), 1.0),
      sigma_path(mean.size(), 0.0),
      covariance_path(mean.size(), 0.0) {}

std::vector<double> CmaesDistribution::draw(RandomStream& random) const {
  std::vector<double> z(mean.size());
  for (double& x : z) x = random.normal();
  std::vector<double> point = covariance.root_times(z);
  for (std::size_t i = 0; i < point.size(); ++i) point[i] = mean[i] + sigma * widening[i] * point[i];
  return point;
}

double CmaesDistribution::deviation(std::size_t i) const {
  return sigma * widening[i] * std::sqrt(covariance.diagonal(i));
}

CmaesDistribution updated(const CmaesConstants& constants, const CmaesDistribution& before,
                          std::span<const std::vector<double>> ranked) {
  const std::size_t n = before.mean.size();
  CmaesDistribution after = before;
  ++after.generation;
  std::vector<std::vector<double>> steps;
  std::vector<double> mean_step(n, 0.0);
  for (std::size_t rank = 0; rank < ranked.size(); ++rank) {
    std::vector<double>& y = steps.emplace_back(n);
    for (std::size_t i = 0; i < n; ++i) {
      y[i] = (ranked[rank][i] - before.mean[i]) / (before.sigma * before.widening[i]);
      if (rank < constants.population / 2) mean_step[i] += constants.weights[rank] * y[i];
    }
  }
  for (std::size_t i = 0; i < n; ++i) after.mean[i] += before.sigma * before.widening[i] * mean_step[i];

  const double c_sigma = constants.sigma_rate;
  advance(after.sigma_path, c_sigma, std::sqrt(c_sigma * (2 - c_sigma) * constants.effective),
          before.covariance.inverse_root_times(mean_step));
  const double length = std::sqrt(squared_length(after.sigma_path));
  after.sigma *= std::exp(c_sigma / constants.sigma_damping * (length / constants.expected_length - 1));

  // h_σ: a path that is still too long would blow the covariance up.
  const double settled = std::sqrt(1 - std::pow(1 - c_sigma, 2 * static_cast<double>(after.generation)));
  const bool is_short = length / settled < (1.4 + 2 / (static_cast<double>(n) + 1)) * constants.expected_length;
  const double c_path = constants.path_rate;
  advance(after.covariance_path, c_path, is_short ? std::sqrt(c_path * (2 - c_path) * constants.effective) : 0,
          mean_step);

  double kept = 1 - constants.rank_one + (is_short ? 0 : constants.rank_one * c_path * (2 - c_path));
  for (const double weight : constants.weights) kept -= constants.rank_mu * weight;
  after.covariance.scale(kept);
  after.covariance.add(constants.rank_one, after.covariance_path);
  for (std::size_t rank = 0; rank < steps.size(); ++rank) {
    double weight = constants.weights[rank];
    if (weight < 0) {
      // The tiny surplus only guards a point that is the mean itself.
      const double squared = squared_length(before.covariance.inverse_root_times(steps[rank]));
      weight *= static_cast<double>(n) / (squared + 1e-300);
    }
    after.covariance.add(constants.rank_mu * weight, steps[rank]);
  }
  after.covariance.decompose();
  return after;
}

}  // namespace hone
