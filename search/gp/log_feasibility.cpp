#include "search/gp/log_feasibility.h"

#include <cmath>

#include "core/statistics.h"
#include "search/gp/log_improvement.h"

namespace hone {

LogNormalCdf log_normal_cdf(double z) {
  // With Mills' ratio 1/(t + c), t = −z: log_improvement has h = φ·c/(t + c) and Φ/h = 1/c, so Φ = h/c, φ/Φ = t + c.
  const LogImprovement improvement = log_improvement(z);
  return {improvement.log_h + std::log(improvement.cdf_ratio), improvement.pdf_ratio / improvement.cdf_ratio};
}

LogFeasibility::LogFeasibility(const GaussianProcess& model, double threshold, const FeasibilityOptions& options)
    : posterior_(model, {model.points().dimensions, {}}, {}), threshold_(threshold), options_(options) {}

std::vector<double> LogFeasibility::values(const Points& points) const {
  return evaluate(points, /*with_gradients=*/false).values;
}

Acquisition::WithGradients LogFeasibility::with_gradients(const Points& points) const {
  return evaluate(points, /*with_gradients=*/true);
}

Acquisition::WithGradients LogFeasibility::evaluate(const Points& points, bool with_gradients) const {
  FantasyPosterior::Marginals marginals = posterior_.marginals(points);
  WithGradients result;
  std::vector<double> by_means(points.size(), 0.0);
  std::vector<double> by_deviations(points.size(), 0.0);
  for (std::size_t j = 0; j < points.size(); ++j) {
    const double below = threshold_ - marginals.means[j];
    const double deviation = std::hypot(marginals.deviations[j], std::sqrt(options_.noise_variance));
    const LogNormalCdf probability = log_normal_cdf(below / deviation - options_.margin);
    const bool floored = probability.value < options_.floor;
    result.values.push_back(floored ? options_.floor : probability.value);
    if (floored) continue;
    by_means[j] = -probability.slope / deviation;
    by_deviations[j] = -probability.slope * below / (deviation * deviation) * (marginals.deviations[j] / deviation);
  }
  if (!with_gradients) return result;
  result.gradients.assign(points.values.size(), 0.0);
  posterior_.add_gradients(points, std::move(marginals), by_means, by_deviations, result.gradients);
  return result;
}

}  // namespace hone
