#include "search/samplers/prior_term.h"

#include <cmath>

namespace hone {
namespace {

/// Share of beliefs that are simply wrong. The tail of a normal alone would need hundreds of trials to be overruled.
constexpr double kDoubt = 0.05;

}  // namespace

PriorTerm::PriorTerm(const GpEmbedding& embedding) : embedding_(embedding) {
  for (const SpaceParameter& parameter : embedding.space().parameters()) priors_.push_back(UserPrior::of(parameter));
}

std::vector<double> PriorTerm::values(const Points& points) const { return with_gradients(points).values; }

Acquisition::WithGradients PriorTerm::with_gradients(const Points& points) const {
  WithGradients found = {std::vector<double>(points.size(), 0.0), std::vector<double>(points.values.size(), 0.0)};
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto unit = embedding_.unit_at(points[i]);
    for (std::size_t j = 0; j < priors_.size(); ++j) {
      if (!priors_[j] || !unit[j]) continue;
      const double believed = (1 - kDoubt) * std::exp(priors_[j]->log_density(*unit[j]));
      found.values[i] += std::log(believed + kDoubt);
      const double share = believed / (believed + kDoubt);
      const auto slope = embedding_.slope_coordinate(j);
      if (slope) found.gradients[i * points.dimensions + *slope] = share * priors_[j]->slope(*unit[j]);
    }
  }
  return found;
}

}  // namespace hone
