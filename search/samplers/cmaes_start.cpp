#include "search/samplers/cmaes_start.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hone {
namespace {

constexpr std::size_t kEnough = 20;
constexpr std::size_t kShare = 10;
/// α² of the paper: the variance around each good point.
constexpr double kVariance = 0.01;

}  // namespace

std::vector<std::int64_t> starting_trials(std::vector<Observation> observed) {
  if (observed.empty()) return {};
  std::sort(observed.begin(), observed.end(), is_better);
  observed.resize(observed.size() < kEnough ? 1 : observed.size() / kShare);
  std::vector<std::int64_t> ids;
  for (const Observation& observation : observed) ids.push_back(observation.trial->id);
  return ids;
}

CmaesDistribution starting_distribution(const std::vector<std::vector<double>>& points, std::vector<double> centre,
                                        const CmaesRun& run, bool separable) {
  if (points.size() == 1) centre = points.front();
  if (points.size() < 2) return CmaesDistribution(std::move(centre), run.sigma, separable);
  const std::size_t n = centre.size();
  const auto count = static_cast<double>(points.size());
  std::vector<double> mean(n, 0.0);
  for (const std::vector<double>& point : points) {
    for (std::size_t i = 0; i < n; ++i) mean[i] += point[i] / count;
  }
  CmaesDistribution distribution(mean, 1, separable);
  distribution.covariance.scale(kVariance);
  for (std::vector<double> point : points) {
    for (std::size_t i = 0; i < n; ++i) point[i] -= mean[i];
    distribution.covariance.add(1 / count, point);
  }
  distribution.covariance.decompose();
  distribution.sigma = std::exp(distribution.covariance.log_determinant() / (2 * static_cast<double>(n)));
  distribution.covariance.scale(1 / (distribution.sigma * distribution.sigma));
  distribution.covariance.decompose();
  return distribution;
}

}  // namespace hone
