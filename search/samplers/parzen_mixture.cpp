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

/// A kernel's centre with its number: the order of the kernels, ties by number.
using Place = std::pair<double, std::size_t>;

/// The centres, all in [0, 1], in rising order: by buckets, each sorted by itself.
std::vector<Place> in_order(const std::vector<double>& centres) {
  const std::size_t n = centres.size();
  const auto bucket_of = [n](double centre) {
    return std::min(static_cast<std::size_t>(centre * static_cast<double>(n)), n - 1);
  };
  std::vector<std::size_t> starts(n + 1, 0);
  for (const double centre : centres) ++starts[bucket_of(centre) + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<std::size_t> ends = starts;
  std::vector<Place> places(n);
  for (std::size_t k = 0; k < n; ++k) places[ends[bucket_of(centres[k])]++] = {centres[k], k};
  for (std::size_t bucket = 0; bucket < n; ++bucket) {
    if (ends[bucket] - starts[bucket] < 2) continue;
    std::sort(places.begin() + static_cast<std::ptrdiff_t>(starts[bucket]),
              places.begin() + static_cast<std::ptrdiff_t>(ends[bucket]));
  }
  return places;
}

/// Width of each kernel: the wider gap to its neighbours (ends of the interval are none), between a least width that
/// shrinks with the number of kernels, and the whole interval. The prior's, last, is given.
std::vector<double> make_widths(const std::vector<double>& centres, double prior_width) {
  const std::size_t n = centres.size();
  const std::vector<Place> order = in_order(centres);
  const double least = 1 / std::min(100.0, 1.0 + static_cast<double>(n));
  std::vector<double> widths(n, prior_width);
  for (std::size_t place = 0; place < n; ++place) {
    const auto [centre, kernel] = order[place];
    if (kernel == n - 1) continue;
    double gap = 0;
    if (place > 0) gap = std::max(gap, centre - order[place - 1].first);
    if (place + 1 < n) gap = std::max(gap, order[place + 1].first - centre);
    widths[kernel] = std::clamp(gap, least, 1.0);
  }
  return widths;
}

/// Widths from a centre at which a normal's tail is less than the last bit of its mass.
constexpr double kTailWidths = 8.3;
/// Exponents below the prior kernel's share at which a kernel adds nothing: e^-40 of a thousand kernels is 4e-15.
constexpr double kNegligible = 40;

/// Mass of a standard normal between two points, without cancellation in the upper tail.
double normal_mass(double low, double high) {
  return low > 0 ? normal_cdf(-low) - normal_cdf(-high) : normal_cdf(high) - normal_cdf(low);
}

double log_sum_exp(std::span<const double> logs) {
  const double largest = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (const double x : logs) sum += std::exp(x - largest);
  return largest + std::log(sum);
}

}  // namespace

ParzenMixture::ParzenMixture(const SearchSpace& space, std::span<const Point> points, Prior prior)
    : space_(space), weights_(make_weights(points.size())) {
  for (const double weight : weights_) constants_.push_back(std::log(weight));
  for (std::size_t j = 0; j < space.size(); ++j) {
    std::vector<double> coordinates;
    for (const Point& point : points) coordinates.push_back(point[j]);
    dimensions_.push_back(make_dimension(space.parameters()[j], prior, coordinates));
    const Dimension& dimension = dimensions_.back();
    has_conditions_ = has_conditions_ || dimension.parameter->when;
    if (!dimension.is_always_there()) continue;
    for (std::size_t k = 0; k < constants_.size(); ++k) constants_[k] += dimension.log_peaks[k];
  }
}

ParzenMixture::Dimension ParzenMixture::make_dimension(const SpaceParameter& parameter, Prior prior,
                                                       const std::vector<double>& coordinates) {
  Dimension dimension;
  dimension.parameter = &parameter;
  if (prior == Prior::of_user) dimension.prior = UserPrior::of(parameter);
  for (const double coordinate : coordinates) dimension.kernels += coordinate == kAbsent ? 0 : 1;
  if (parameter.is_unordered()) {
    for (const double level : coordinates) dimension.levels.push_back(static_cast<std::int64_t>(level));
    dimension.levels.push_back(-1);
    return dimension;
  }
  place_kernels(dimension, coordinates);
  cut_kernels(dimension);
  return dimension;
}

/// Centres and widths; where there is no coordinate, those of the prior.
void ParzenMixture::place_kernels(Dimension& dimension, const std::vector<double>& coordinates) {
  const SpaceParameter& parameter = *dimension.parameter;
  const double prior_centre = dimension.prior ? dimension.prior->centre() : 0.5;
  const double prior_width = dimension.prior ? dimension.prior->deviation() : 1.0;
  std::vector<double> centres;
  for (const double x : coordinates) {
    if (x == kAbsent) continue;
    const bool continuous = parameter.levels == 0;
    centres.push_back(continuous ? x : parameter.unit_of(parameter.value_of_level(static_cast<std::int64_t>(x))));
  }
  centres.push_back(prior_centre);
  const std::vector<double> widths = make_widths(centres, prior_width);
  std::size_t next = 0;
  for (const double x : coordinates) {
    dimension.centres.push_back(x == kAbsent ? prior_centre : centres[next]);
    dimension.widths.push_back(x == kAbsent ? prior_width : widths[next]);
    next += x == kAbsent ? 0 : 1;
  }
  dimension.centres.push_back(prior_centre);
  dimension.widths.push_back(prior_width);
}

/// What follows from centres and widths.
void ParzenMixture::cut_kernels(Dimension& dimension) {
  const double log_root_of_two_pi = 0.5 * std::log(2 * std::numbers::pi);
  double width = 1;  // most kernels of a long history have the least width
  double log_width = 0;
  for (std::size_t k = 0; k < dimension.centres.size(); ++k) {
    const double sharpness = 1 / dimension.widths[k];
    const double left = dimension.centres[k] * sharpness;
    const double right = (1 - dimension.centres[k]) * sharpness;
    dimension.below.push_back(left > kTailWidths ? 0 : normal_cdf(-left));
    dimension.above.push_back(right > kTailWidths ? 1 : normal_cdf(right));
    if (!dimension.is_continuous()) continue;
    if (dimension.widths[k] != width) {
      width = dimension.widths[k];
      log_width = std::log(width);
    }
    const double mass = dimension.above[k] - dimension.below[k];
    dimension.sharpness.push_back(sharpness);
    dimension.log_peaks.push_back(-log_root_of_two_pi - log_width - (mass == 1 ? 0 : std::log(mass)));
  }
}

ParzenMixture::Point ParzenMixture::draw(RandomStream& random) const {
  double left = random.uniform();
  std::size_t kernel = 0;
  while (kernel + 1 < weights_.size() && left >= weights_[kernel]) left -= weights_[kernel++];
  Point point;
  Params drawn;
  for (std::size_t j = 0; j < dimensions_.size(); ++j) {
    if (has_conditions_ && !space_.is_active(j, drawn)) {
      point.push_back(kAbsent);
      continue;
    }
    point.push_back(draw_coordinate(dimensions_[j], kernel, random));
    if (!has_conditions_) continue;
    const SpaceParameter& parameter = *dimensions_[j].parameter;
    drawn[parameter.spec.name] = parameter.levels == 0 ? parameter.value_at(point[j])
                                                       : parameter.value_of_level(static_cast<std::int64_t>(point[j]));
  }
  return point;
}

double ParzenMixture::draw_coordinate(const Dimension& dimension, std::size_t kernel, RandomStream& random) const {
  const SpaceParameter& parameter = *dimension.parameter;
  if (!parameter.is_unordered()) {
    // The centre lies inside the interval, so that the inverse cdf never meets a tail.
    const double drawn = random.uniform(dimension.below[kernel], dimension.above[kernel]);
    const double p = std::clamp(drawn, 0x1p-60, 1 - 0x1p-53);
    const double unit = std::clamp(dimension.centres[kernel] + dimension.widths[kernel] * normal_quantile(p), 0.0, 1.0);
    if (parameter.levels == 0) return unit;
    return static_cast<double>(parameter.level_of(parameter.value_at(unit)));
  }
  if (dimension.levels[kernel] < 0 && dimension.prior) {
    return static_cast<double>(parameter.level_of(parameter.value_at(dimension.prior->unit_at(random.uniform()))));
  }
  // The observed level with weight 1 and each level with 1/kernels.
  const double extra = dimension.levels[kernel] < 0 ? 0 : dimension.kernels;
  const double place = random.uniform() * (extra + static_cast<double>(parameter.levels));
  if (place < extra) return static_cast<double>(dimension.levels[kernel]);
  return static_cast<double>(std::min(static_cast<std::int64_t>(place - extra), parameter.levels - 1));
}

std::vector<double> ParzenMixture::log_kernels(const Dimension& dimension, std::int64_t level) {
  const SpaceParameter& parameter = *dimension.parameter;
  std::vector<double> logs;
  if (parameter.is_unordered()) {
    const double kernels = dimension.kernels;
    const double levels = static_cast<double>(parameter.levels);
    const double hit = std::log((kernels + 1) / (kernels + levels));
    const double miss = std::log(1 / (kernels + levels));
    const double absent = dimension.prior ? std::log(dimension.prior->probability(level)) : -std::log(levels);
    for (const std::int64_t other : dimension.levels) logs.push_back(other < 0 ? absent : other == level ? hit : miss);
    return logs;
  }
  const auto [low, high] = parameter.unit_interval(level);
  for (std::size_t k = 0; k < dimension.centres.size(); ++k) {
    const double centre = dimension.centres[k];
    const double width = dimension.widths[k];
    logs.push_back(std::log(normal_mass((low - centre) / width, (high - centre) / width) /
                            (dimension.above[k] - dimension.below[k])));
  }
  return logs;
}

/// `logs` are the kernels' constants and what the point's levels and conditional parameters add. Every further
/// dimension only takes away, so a kernel far below the prior's share is left out of the rest.
double ParzenMixture::log_density(const Point& point, std::vector<double> logs) const {
  const std::size_t prior = logs.size() - 1;
  const auto log_peak_ratio = [&](std::size_t j, std::size_t kernel) {
    const double z = (point[j] - dimensions_[j].centres[kernel]) * dimensions_[j].sharpness[kernel];
    return -0.5 * z * z;
  };
  double least = logs[prior] - kNegligible;
  for (std::size_t j = 0; j < dimensions_.size(); ++j) {
    if (dimensions_[j].is_always_there()) least += log_peak_ratio(j, prior);
  }
  std::vector<std::uint32_t> kernels(logs.size());
  std::iota(kernels.begin(), kernels.end(), 0U);
  for (std::size_t j = 0; j < dimensions_.size(); ++j) {
    if (!dimensions_[j].is_always_there()) continue;
    std::size_t kept = 0;
    for (std::size_t place = 0; place < kernels.size(); ++place) {
      const std::uint32_t kernel = kernels[place];
      const double log = logs[place] + log_peak_ratio(j, kernel);
      kernels[kept] = kernel;
      logs[kept] = log;
      kept += log > least ? 1 : 0;  // without a branch: which kernels stay is not to be guessed
    }
    kernels.resize(kept);
    logs.resize(kept);
  }
  return log_sum_exp(logs);
}

std::vector<double> ParzenMixture::log_densities(std::span<const Point> points) const {
  // Levels come again and again; their kernels need two error functions each.
  std::vector<std::map<double, std::vector<double>>> known(dimensions_.size());
  std::vector<double> densities;
  for (const Point& point : points) {
    std::vector<double> logs = constants_;
    for (std::size_t j = 0; j < dimensions_.size(); ++j) {
      const Dimension& dimension = dimensions_[j];
      if (dimension.is_always_there() || point[j] == kAbsent) continue;
      if (dimension.is_continuous()) {
        for (std::size_t k = 0; k < logs.size(); ++k) {
          const double z = (point[j] - dimension.centres[k]) * dimension.sharpness[k];
          logs[k] += dimension.log_peaks[k] - 0.5 * z * z;
        }
        continue;
      }
      auto [entry, is_new] = known[j].try_emplace(point[j]);
      if (is_new) entry->second = log_kernels(dimension, static_cast<std::int64_t>(point[j]));
      for (std::size_t k = 0; k < logs.size(); ++k) logs[k] += entry->second[k];
    }
    densities.push_back(log_density(point, std::move(logs)));
  }
  return densities;
}

}  // namespace hone
