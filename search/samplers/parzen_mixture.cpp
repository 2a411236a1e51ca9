#include "search/samplers/parzen_mixture.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace hone {
namespace {

/// Observations that keep their full weight.
constexpr std::size_t kFresh = 25;

/// Weights of n observations from old to new and of the prior: 1, but a ramp from 1/n to 1 over all older than the
/// newest 25. Normalised.
std::vector<double> make_weights(std::size_t n) {
  std::vector<double> weights(n + 1, 1.0);
  const std::size_t old = n > kFresh ? n - kFresh : 0;
  const double first = 1.0 / static_cast<double>(n);
  for (std::size_t i = 0; i < old; ++i) {
    const double share = old > 1 ? static_cast<double>(i) / static_cast<double>(old - 1) : 0;
    weights[i] = first + (1 - first) * share;
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= sum;
  return weights;
}

/// The kernels of each parameter.
std::vector<ParzenKernels> make_kernels(const SearchSpace& space, const TrialPoints::Columns& points,
                                        ParzenMixture::Prior prior) {
  std::vector<ParzenKernels> kernels;
  for (std::size_t j = 0; j < space.size(); ++j) {
    const SpaceParameter& parameter = space.parameters()[j];
    const bool is_users = prior == ParzenMixture::Prior::of_user;
    kernels.emplace_back(parameter, is_users ? UserPrior::of(parameter) : std::nullopt, points[j]);
  }
  return kernels;
}

}  // namespace

ParzenMixture::ParzenMixture(const SearchSpace& space, const TrialPoints::Columns& points, Prior prior)
    : space_(space),
      kernels_(make_kernels(space, points, prior)),
      weights_(make_weights(points.empty() ? 0 : points.front().size())) {
  std::vector<double> logs;
  for (const double weight : weights_) logs.push_back(std::log(weight));
  for (const ParzenKernels& kernels : kernels_) {
    has_conditions_ = has_conditions_ || kernels.parameter().when;
    if (!is_always_there(kernels.parameter())) continue;
    const std::vector<double> peaks = kernels.log_peaks();
    for (std::size_t k = 0; k < logs.size(); ++k) logs[k] += peaks[k];
  }
  products_ = KernelProducts(logs);
  for (const ParzenKernels& kernels : kernels_) {
    if (kernels.is_continuous()) products_.add_dimension(kernels.centres(), kernels.sharpness());
  }
}

ParzenMixture::Point ParzenMixture::draw(RandomStream& random) const {
  double left = random.uniform();
  std::size_t kernel = 0;
  while (kernel + 1 < weights_.size() && left >= weights_[kernel]) left -= weights_[kernel++];
  Point point;
  point.reserve(kernels_.size());
  Params drawn;
  for (std::size_t j = 0; j < kernels_.size(); ++j) {
    if (has_conditions_ && !space_.is_active(j, drawn)) {
      point.push_back(kAbsent);
      continue;
    }
    point.push_back(kernels_[j].draw(kernel, random));
    if (!has_conditions_) continue;
    const SpaceParameter& parameter = space_.parameters()[j];
    drawn[parameter.spec.name] = parameter.levels == 0 ? parameter.value_at(point[j])
                                                       : parameter.value_of_level(static_cast<std::int64_t>(point[j]));
  }
  return point;
}

std::vector<double> ParzenMixture::log_densities(std::span<const Point> points) const {
  // Of each level that comes up, its probabilities; of conditional continuous parameters the peaks.
  std::vector<std::map<double, KernelProducts::Row>> rows(kernels_.size());
  const auto row_of = [&](std::size_t j, double coordinate) {
    const bool is_continuous = kernels_[j].is_continuous();
    auto [entry, is_new] = rows[j].try_emplace(is_continuous ? 0 : coordinate);
    if (is_new) {
      entry->second =
          products_.make_row(is_continuous ? kernels_[j].log_peaks()
                                           : kernels_[j].log_probabilities(static_cast<std::int64_t>(coordinate)));
    }
    return &entry->second;
  };
  std::vector<double> densities;
  std::vector<float> coordinates;
  std::vector<const KernelProducts::Row*> added;
  KernelProducts::Scratch scratch;
  for (const Point& point : points) {
    coordinates.clear();
    added.clear();
    for (std::size_t j = 0; j < kernels_.size(); ++j) {
      if (kernels_[j].is_continuous()) coordinates.push_back(static_cast<float>(point[j]));
      if (point[j] == kAbsent || is_always_there(kernels_[j].parameter())) continue;
      added.push_back(row_of(j, point[j]));
    }
    densities.push_back(products_.log_sum(coordinates, added, scratch));
  }
  return densities;
}

}  // namespace hone
