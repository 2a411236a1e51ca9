#include "search/samplers/cmaes_learning_rates.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hone {
namespace {

/// α, γ and the two β of the paper.
constexpr double kWantedSignal = 1.4;
constexpr double kFastest = 0.1;
constexpr double kMeanMemory = 0.1;
constexpr double kCovarianceMemory = 0.03;

std::vector<double> column(std::span<const double> matrix, std::size_t n, std::size_t j) {
  const auto first = matrix.begin() + static_cast<std::ptrdiff_t>(n * j);
  return {first, first + static_cast<std::ptrdiff_t>(n)};
}

/// Σ_before^−½·(Σ_after − Σ_before)·Σ_before^−½/√2, where `ratio` is (σ_after/σ_before)²: the change in local
/// coordinates.
std::vector<double> covariance_step(const CmaesCovariance& before, const CmaesCovariance& after, double ratio) {
  const std::size_t n = before.dimensions();
  std::vector<double> step(after.entries().begin(), after.entries().end());
  if (before.is_separable()) {
    for (std::size_t i = 0; i < n; ++i) step[i] = (ratio * step[i] / before.diagonal(i) - 1) / std::sqrt(2.0);
    return step;
  }
  // From one side, transposed, and from the other.
  for (int side = 0; side < 2; ++side) {
    std::vector<double> transposed(n * n);
    for (std::size_t j = 0; j < n; ++j) {
      const std::vector<double> moved = before.inverse_root_times(column(step, n, j));
      for (std::size_t i = 0; i < n; ++i) transposed[j + n * i] = moved[i];
    }
    step = std::move(transposed);
  }
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < n; ++i) {
      step[i + n * j] = (ratio * step[i + n * j] - (i == j ? 1 : 0)) / std::sqrt(2.0);
    }
  }
  return step;
}

}  // namespace

CmaesLearningRates::CmaesLearningRates(std::size_t dimensions, bool separable) {
  mean_.memory = kMeanMemory;
  mean_.average.assign(dimensions, 0.0);
  covariance_.memory = kCovarianceMemory;
  covariance_.average.assign(separable ? dimensions : dimensions * dimensions, 0.0);
}

void CmaesLearningRates::Part::learn(const std::vector<double>& step) {
  double length = 0;
  double signal = 0;
  for (std::size_t i = 0; i < step.size(); ++i) {
    average[i] += memory * (step[i] - average[i]);
    length += step[i] * step[i];
    signal += average[i] * average[i];
  }
  square += memory * (length - square);
  if (square <= signal) return;
  const double ratio = (signal - memory / (2 - memory) * square) / (square - signal);
  rate *= std::exp(std::min(kFastest * rate, memory) * std::clamp(ratio / (kWantedSignal * rate) - 1, -1.0, 1.0));
  rate = std::min(rate, 1.0);
}

CmaesDistribution CmaesLearningRates::adapted(const CmaesDistribution& before, CmaesDistribution after) {
  const std::size_t n = before.mean.size();
  std::vector<double> move(n);
  for (std::size_t i = 0; i < n; ++i) {
    move[i] = (after.mean[i] - before.mean[i]) / (before.sigma * before.widening[i]);
  }
  const double ratio = std::pow(after.sigma / before.sigma, 2);
  const double old_rate = mean_.rate;
  mean_.learn(before.covariance.inverse_root_times(move));
  covariance_.learn(covariance_step(before.covariance, after.covariance, ratio));

  for (std::size_t i = 0; i < n; ++i) {
    after.mean[i] = before.mean[i] + mean_.rate * (after.mean[i] - before.mean[i]);
  }
  CmaesCovariance whole = before.covariance;  // σ_before^−2·Σ
  after.covariance.scale(ratio);
  whole.move_towards(after.covariance, covariance_.rate);
  whole.decompose();
  const double growth = std::exp(whole.log_determinant() / (2 * static_cast<double>(n)));
  whole.scale(1 / (growth * growth));
  whole.decompose();
  after.covariance = std::move(whole);
  // The best step size is about inverse to the rate of the mean.
  after.sigma = before.sigma * growth * old_rate / mean_.rate;
  return after;
}

}  // namespace hone
