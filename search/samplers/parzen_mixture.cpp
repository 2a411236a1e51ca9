#include "search/samplers/parzen_mixture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>

#include "core/statistics.h"

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

/// Width of each kernel: the wider gap to its neighbours (ends of the interval are none), between a least width that
/// shrinks with the number of kernels, and the whole interval. The prior, last, spans the interval.
std::vector<double> make_widths(const std::vector<double>& centres) {
  const std::size_t n = centres.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return centres[a] != centres[b] ? centres[a] < centres[b] : a < b; });
  const double least = 1 / std::min(100.0, 1.0 + static_cast<double>(n));
  std::vector<double> widths(n, 1.0);
  for (std::size_t place = 0; place < n; ++place) {
    const std::size_t kernel = order[place];
    if (kernel == n - 1) continue;
    double gap = 0;
    if (place > 0) gap = std::max(gap, centres[kernel] - centres[order[place - 1]]);
    if (place + 1 < n) gap = std::max(gap, centres[order[place + 1]] - centres[kernel]);
    widths[kernel] = std::clamp(gap, least, 1.0);
  }
  return widths;
}

/// Mass of a standard normal between two points, without cancellation in the upper tail.
double normal_mass(double low, double high) {
  return low > 0 ? normal_cdf(-low) - normal_cdf(-high) : normal_cdf(high) - normal_cdf(low);
}

/// A normal number cut to the unit interval; the centre lies inside, so the inverse cdf never meets a tail.
double draw_cut_normal(double centre, double width, RandomStream& random) {
  const double below = normal_cdf(-centre / width);
  const double above = normal_cdf((1 - centre) / width);
  const double p = std::min(random.uniform(below, above), 1 - 0x1p-53);
  return std::clamp(centre + width * normal_quantile(p), 0.0, 1.0);
}

double log_sum_exp(std::span<const double> logs) {
  const double largest = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (const double x : logs) sum += std::exp(x - largest);
  return largest + std::log(sum);
}

}  // namespace

ParzenMixture::ParzenMixture(const SearchSpace& space, std::span<const std::size_t> parameters,
                             std::span<const Point> points)
    : weights_(make_weights(points.size())) {
  for (std::size_t j = 0; j < parameters.size(); ++j) {
    std::vector<double> coordinates;
    for (const Point& point : points) coordinates.push_back(point[j]);
    dimensions_.push_back(make_dimension(space.parameters()[parameters[j]], std::move(coordinates)));
  }
}

ParzenMixture::Dimension ParzenMixture::make_dimension(const SpaceParameter& parameter,
                                                       std::vector<double> coordinates) {
  Dimension dimension;
  dimension.parameter = &parameter;
  if (parameter.is_unordered()) {
    for (const double level : coordinates) dimension.levels.push_back(static_cast<std::int64_t>(level));
    dimension.levels.push_back(-1);
    return dimension;
  }
  for (const double coordinate : coordinates) {
    const bool continuous = parameter.levels == 0;
    dimension.centres.push_back(
        continuous ? coordinate : parameter.unit_of(parameter.value_of_level(static_cast<std::int64_t>(coordinate))));
  }
  dimension.centres.push_back(0.5);
  dimension.widths = make_widths(dimension.centres);
  for (std::size_t k = 0; k < dimension.centres.size(); ++k) {
    const double centre = dimension.centres[k];
    const double width = dimension.widths[k];
    dimension.log_masses.push_back(std::log(normal_mass(-centre / width, (1 - centre) / width)));
  }
  return dimension;
}

ParzenMixture::Point ParzenMixture::draw(RandomStream& random) const {
  double left = random.uniform();
  std::size_t kernel = 0;
  while (kernel + 1 < weights_.size() && left >= weights_[kernel]) left -= weights_[kernel++];
  Point point;
  for (const Dimension& dimension : dimensions_) point.push_back(draw_coordinate(dimension, kernel, random));
  return point;
}

double ParzenMixture::draw_coordinate(const Dimension& dimension, std::size_t kernel, RandomStream& random) const {
  const SpaceParameter& parameter = *dimension.parameter;
  if (!parameter.is_unordered()) {
    const double unit = draw_cut_normal(dimension.centres[kernel], dimension.widths[kernel], random);
    if (parameter.levels == 0) return unit;
    return static_cast<double>(parameter.level_of(parameter.value_at(unit)));
  }
  // The observed level with weight 1 and each level with 1/kernels.
  const double kernels = static_cast<double>(weights_.size());
  const double extra = dimension.levels[kernel] < 0 ? 0 : kernels;
  const double place = random.uniform() * (extra + static_cast<double>(parameter.levels));
  if (place < extra) return static_cast<double>(dimension.levels[kernel]);
  return static_cast<double>(std::min(static_cast<std::int64_t>(place - extra), parameter.levels - 1));
}

std::vector<double> ParzenMixture::log_kernels(const Dimension& dimension, double coordinate) const {
  const SpaceParameter& parameter = *dimension.parameter;
  std::vector<double> logs(weights_.size());
  if (parameter.is_unordered()) {
    const double kernels = static_cast<double>(weights_.size());
    const double levels = static_cast<double>(parameter.levels);
    const double hit = std::log((kernels + 1) / (kernels + levels));
    const double miss = std::log(1 / (kernels + levels));
    for (std::size_t k = 0; k + 1 < logs.size(); ++k) {
      logs[k] = dimension.levels[k] == static_cast<std::int64_t>(coordinate) ? hit : miss;
    }
    logs.back() = -std::log(levels);
    return logs;
  }
  if (parameter.levels == 0) {
    const double log_root_of_two_pi = 0.5 * std::log(2 * std::numbers::pi);
    for (std::size_t k = 0; k < logs.size(); ++k) {
      const double z = (coordinate - dimension.centres[k]) / dimension.widths[k];
      logs[k] = -0.5 * z * z - log_root_of_two_pi - std::log(dimension.widths[k]) - dimension.log_masses[k];
    }
    return logs;
  }
  const auto [low, high] = parameter.unit_interval(static_cast<std::int64_t>(coordinate));
  for (std::size_t k = 0; k < logs.size(); ++k) {
    const double centre = dimension.centres[k];
    const double width = dimension.widths[k];
    logs[k] = std::log(normal_mass((low - centre) / width, (high - centre) / width)) - dimension.log_masses[k];
  }
  return logs;
}

std::vector<double> ParzenMixture::log_densities(std::span<const Point> points) const {
  std::vector<std::vector<double>> sums(points.size());
  for (std::vector<double>& sum : sums) {
    for (const double weight : weights_) sum.push_back(std::log(weight));
  }
  for (std::size_t j = 0; j < dimensions_.size(); ++j) {
    // Levels come again and again; their kernels need two error functions each.
    std::map<double, std::vector<double>> known;
    for (std::size_t i = 0; i < points.size(); ++i) {
      auto [entry, is_new] = known.try_emplace(points[i][j]);
      if (is_new) entry->second = log_kernels(dimensions_[j], points[i][j]);
      for (std::size_t k = 0; k < weights_.size(); ++k) sums[i][k] += entry->second[k];
    }
  }
  std::vector<double> logs;
  for (const std::vector<double>& sum : sums) logs.push_back(log_sum_exp(sum));
  return logs;
}

}  // namespace hone
