#include "search/gp/expected_improvement.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/gp/log_improvement.h"

namespace hone {
namespace {

/// Draws whose improvement is e^−40 of the largest one change no digit of the mean.
constexpr double kNegligible = 40;
constexpr LogImprovement kNone = {-std::numeric_limits<double>::infinity(), 0, 0};

/// Whether log h(z) lies so far below log h(largest), z ≤ largest. Below zero d log h/dz = Φ/h ≥ −z, so that it falls
/// at least as −z²/2.
bool is_negligible(double z, double largest) {
  const double from = std::min(largest, 0.0);
  return z < from && (z * z - from * from) / 2 > kNegligible;
}

}  // namespace

LogExpectedImprovement::LogExpectedImprovement(const GaussianProcess& model, const Points& pending,
                                               std::span<const double> normals, const std::vector<bool>& eligible)
    : posterior_(model, pending, normals) {
  const std::size_t size = posterior_.size();
  for (std::size_t s = 0; s < posterior_.draws(); ++s) {
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t a = 0; a < size; ++a) {
      if (a < eligible.size() && !eligible[a]) continue;
      best = std::min(best, posterior_.means_at_points()[s * size + a]);
    }
    best_.push_back(best);
  }
}

std::vector<double> LogExpectedImprovement::values(const Points& points) const {
  return evaluate(points, /*with_gradients=*/false).values;
}

Acquisition::WithGradients LogExpectedImprovement::with_gradients(const Points& points) const {
  return evaluate(points, /*with_gradients=*/true);
}

Acquisition::WithGradients LogExpectedImprovement::evaluate(const Points& points, bool with_gradients) const {
  const std::size_t draws = posterior_.draws();
  FantasyPosterior::Marginals marginals = posterior_.marginals(points);
  WithGradients result;
  result.values.resize(points.size());
  std::vector<double> by_means(draws * points.size(), 0.0);
  std::vector<double> by_deviations(points.size(), 0.0);
  std::vector<double> scores(draws);
  std::vector<LogImprovement> improvements(draws);
  for (std::size_t j = 0; j < points.size(); ++j) {
    const double deviation = marginals.deviations[j];
    double highest = -std::numeric_limits<double>::infinity();
    for (std::size_t s = 0; s < draws; ++s) {
      scores[s] = (best_[s] - marginals.means[j * draws + s]) / deviation;
      highest = std::max(highest, scores[s]);
    }
    double largest = -std::numeric_limits<double>::infinity();
    for (std::size_t s = 0; s < draws; ++s) {
      improvements[s] = is_negligible(scores[s], highest) ? kNone : log_improvement(scores[s]);
      largest = std::max(largest, improvements[s].log_h);
    }
    double total = 0;
    for (const LogImprovement& improvement : improvements) total += std::exp(improvement.log_h - largest);
    result.values[j] = std::log(deviation) + largest + std::log(total / static_cast<double>(draws));
    if (!with_gradients) continue;
    for (std::size_t s = 0; s < draws; ++s) {
      const double share = std::exp(improvements[s].log_h - largest) / total;
      by_means[j * draws + s] = -share * improvements[s].cdf_ratio / deviation;
      by_deviations[j] += share * improvements[s].pdf_ratio / deviation;
    }
  }
  if (!with_gradients) return result;
  result.gradients.assign(points.values.size(), 0.0);
  posterior_.add_gradients(points, std::move(marginals), by_means, by_deviations, result.gradients);
  return result;
}

}  // namespace hone
