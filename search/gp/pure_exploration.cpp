#include "search/gp/pure_exploration.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hone {
namespace {

/// κ of the bounds (search.md §6) and what a unit beyond them costs.
constexpr double kBound = 1.8;
constexpr double kPenalty = 10;

}  // namespace

PureExploration::PureExploration(const GaussianProcess& model, const Points& pending)
    : known_(model, {model.points().dimensions, {}}, {}),
      // One draw; the deviation does not depend on it.
      informed_(model, pending, std::vector<double>(pending.size(), 0.0)),
      scale_(std::sqrt(model.kernel().total_variance())),
      bound_(std::numeric_limits<double>::infinity()) {
  const FantasyPosterior::Marginals at = known_.marginals(model.points());
  for (std::size_t i = 0; i < model.size(); ++i) bound_ = std::min(bound_, at.means[i] + kBound * at.deviations[i]);
}

std::vector<double> PureExploration::values(const Points& points) const {
  return evaluate(points, /*with_gradients=*/false).values;
}

Acquisition::WithGradients PureExploration::with_gradients(const Points& points) const {
  return evaluate(points, /*with_gradients=*/true);
}

Acquisition::WithGradients PureExploration::evaluate(const Points& points, bool with_gradients) const {
  FantasyPosterior::Marginals known = known_.marginals(points);
  FantasyPosterior::Marginals informed = informed_.marginals(points);
  WithGradients result;
  std::vector<double> by_means(points.size(), 0.0);
  std::vector<double> by_deviations(points.size(), 0.0);
  std::vector<double> by_informed(points.size(), 0.0);
  for (std::size_t j = 0; j < points.size(); ++j) {
    const double excess = (known.means[j] - kBound * known.deviations[j] - bound_) / scale_;
    result.values.push_back(std::log(informed.deviations[j]) - kPenalty * std::max(0.0, excess));
    by_informed[j] = 1 / informed.deviations[j];
    if (excess <= 0) continue;
    by_means[j] = -kPenalty / scale_;
    by_deviations[j] = kPenalty * kBound / scale_;
  }
  if (!with_gradients) return result;
  result.gradients.assign(points.values.size(), 0.0);
  known_.add_gradients(points, std::move(known), by_means, by_deviations, result.gradients);
  const std::vector<double> none(points.size(), 0.0);
  informed_.add_gradients(points, std::move(informed), none, by_informed, result.gradients);
  return result;
}

}  // namespace hone
