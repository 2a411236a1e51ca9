#include "search/samplers/cmaes_constants.h"

#include <algorithm>
#include <cmath>

namespace hone {
namespace {

/// (Σw)²/Σw².
double effective_number(const std::vector<double>& weights) {
  double sum = 0;
  double squares = 0;
  for (const double weight : weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? sum * sum / squares : 0;
}

double sum_of(const std::vector<double>& weights) {
  double sum = 0;
  for (const double weight : weights) sum += weight;
  return sum;
}

}  // namespace

CmaesConstants::CmaesConstants(std::size_t dimensions_, std::size_t population_, bool separable_)
    : dimensions(dimensions_), population(population_), separable(separable_) {
  const auto n = static_cast<double>(dimensions);
  std::vector<double> good;
  std::vector<double> bad;
  for (std::size_t i = 1; i <= population; ++i) {
    const double weight = std::log((static_cast<double>(population) + 1) / 2) - std::log(static_cast<double>(i));
    (i <= population / 2 ? good : bad).push_back(weight);
  }
  effective = effective_number(good);
  sigma_rate = (effective + 2) / (n + effective + 5);
  sigma_damping = 1 + 2 * std::max(0.0, std::sqrt((effective - 1) / (n + 1)) - 1) + sigma_rate;
  path_rate = (4 + effective / n) / (n + 4 + 2 * effective / n);
  const double faster = separable ? (n + 2) / 3 : 1;
  rank_one = std::min(1.0, faster * 2 / ((n + 1.3) * (n + 1.3) + effective));
  rank_mu = std::min(1 - rank_one, faster * 2 * (effective - 2 + 1 / effective) / ((n + 2) * (n + 2) + effective));
  expected_length = std::sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));

  // Σ|w⁻| balances the updates, is not worth more points than there are and keeps the covariance positive definite
  // (equations 50 to 52).
  double negative_sum = 0;
  if (rank_mu > 0) {
    const double bad_effective = effective_number(bad);
    negative_sum = std::min({1 + rank_one / rank_mu, 1 + 2 * bad_effective / (effective + 2),
                             std::max(0.0, 1 - rank_one - rank_mu) / (n * rank_mu)});
  }
  const double good_sum = sum_of(good);
  const double bad_sum = -sum_of(bad);
  for (const double weight : good) weights.push_back(weight / good_sum);
  for (const double weight : bad) weights.push_back(bad_sum > 0 ? weight / bad_sum * negative_sum : 0);
}

std::size_t default_population(std::size_t dimensions) {
  return 4 + static_cast<std::size_t>(3 * std::log(static_cast<double>(dimensions)));
}

}  // namespace hone
