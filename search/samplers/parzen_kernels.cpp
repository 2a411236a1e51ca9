#include "search/samplers/parzen_kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <utility>

#include "core/statistics.h"
#include "search/samplers/trial_points.h"

namespace hone {
namespace {

/// A kernel is at least this part of the interval wide; of fewer kernels each at least its share.
constexpr double kMostPlaces = 100;
/// Widths from a centre at which a normal's tail is less than the last bit of its mass.
constexpr double kTailWidths = 8.3;

/// A part of the unit interval with its outermost kernels; of kernels at one place the first counts as the smallest and
/// the last as the largest.
struct Bucket {
  double smallest = std::numeric_limits<double>::infinity();
  double largest = -std::numeric_limits<double>::infinity();
  std::size_t first = 0;
  std::size_t last = 0;
};

/// The wider of the gaps between each kernel and its neighbours in rising order, or anything up to `least` where both
/// are no wider than that; the interval's ends are no neighbours. Without sorting: the interval is cut into buckets
/// narrower than `least`, so that only the outermost kernels of a bucket may have a gap that counts.
std::vector<double> wide_gaps(const std::vector<double>& centres, double least) {
  const auto count = static_cast<std::size_t>(1 / least) + 2;
  std::vector<Bucket> buckets(count);
  for (std::size_t k = 0; k < centres.size(); ++k) {
    const double x = centres[k];
    Bucket& bucket = buckets[std::min(static_cast<std::size_t>(x * static_cast<double>(count)), count - 1)];
    if (x < bucket.smallest) {
      bucket.smallest = x;
      bucket.first = k;
    }
    if (x >= bucket.largest) {
      bucket.largest = x;
      bucket.last = k;
    }
  }
  std::vector<double> gaps(centres.size(), 0);
  const Bucket* before = nullptr;
  for (const Bucket& bucket : buckets) {
    if (bucket.largest < 0) continue;  // empty
    if (before != nullptr) {
      const double gap = bucket.smallest - before->largest;
      gaps[before->last] = std::max(gaps[before->last], gap);
      gaps[bucket.first] = gap;
    }
    before = &bucket;
  }
  return gaps;
}

/// Mass of a standard normal between two points, without cancellation in the upper tail.
double normal_mass(double low, double high) {
  return low > 0 ? normal_cdf(-low) - normal_cdf(-high) : normal_cdf(high) - normal_cdf(low);
}

/// For each kernel the first one of the same place and width.
std::vector<std::size_t> twins_of(const std::vector<double>& centres, const std::vector<double>& sharpness) {
  std::map<std::pair<double, double>, std::size_t> first;
  std::vector<std::size_t> twins;
  for (std::size_t k = 0; k < centres.size(); ++k) {
    twins.push_back(first.try_emplace({centres[k], sharpness[k]}, k).first->second);
  }
  return twins;
}

}  // namespace

ParzenKernels::ParzenKernels(const SpaceParameter& parameter, std::optional<UserPrior> prior,
                             const std::vector<double>& coordinates)
    : parameter_(&parameter), prior_(std::move(prior)) {
  own_ += static_cast<double>(coordinates.size()) -
          static_cast<double>(std::count(coordinates.begin(), coordinates.end(), TrialPoints::kAbsent));
  if (parameter.is_unordered()) {
    for (const double level : coordinates) levels_.push_back(static_cast<std::int64_t>(level));
    levels_.push_back(-1);
    return;
  }
  place(coordinates);
  below_.resize(centres_.size());
  above_.resize(centres_.size());
  for (std::size_t k = 0; k < centres_.size(); ++k) {
    const double left = centres_[k] * sharpness_[k];
    const double right = (1 - centres_[k]) * sharpness_[k];
    below_[k] = left > kTailWidths ? 0 : normal_cdf(-left);
    above_[k] = right > kTailWidths ? 1 : normal_cdf(right);
  }
  if (!is_continuous()) twins_ = twins_of(centres_, sharpness_);
}

/// Centres and widths: the wider gap to the neighbours, between a least width that shrinks with the number of kernels,
/// and the whole interval. The prior's are given; they are those of a kernel without a coordinate, too.
void ParzenKernels::place(const std::vector<double>& coordinates) {
  const double prior_centre = prior_ ? prior_->centre() : 0.5;
  const double prior_sharpness = prior_ ? 1 / prior_->deviation() : 1.0;
  std::vector<double> own;
  own.reserve(coordinates.size() + 1);
  for (const double x : coordinates) {
    if (x == TrialPoints::kAbsent) continue;
    own.push_back(is_continuous() ? x : parameter_->unit_of(parameter_->value_of_level(static_cast<std::int64_t>(x))));
  }
  own.push_back(prior_centre);
  const double least = 1 / std::min(kMostPlaces, 1 + own_);
  const std::vector<double> gaps = wide_gaps(own, least);
  centres_.assign(coordinates.size() + 1, prior_centre);
  sharpness_.assign(coordinates.size() + 1, prior_sharpness);
  std::size_t next = 0;
  for (std::size_t k = 0; k < coordinates.size(); ++k) {
    if (coordinates[k] == TrialPoints::kAbsent) continue;
    centres_[k] = own[next];
    sharpness_[k] = gaps[next] > least ? 1 / std::min(gaps[next], 1.0) : 1 / least;
    ++next;
  }
}

std::vector<double> ParzenKernels::log_peaks() const {
  const double log_root_of_two_pi = 0.5 * std::log(2 * std::numbers::pi);
  std::vector<double> logs(centres_.size());
  double sharpness = 1;  // most kernels of a long history have the least width
  double log_sharpness = 0;
  for (std::size_t k = 0; k < logs.size(); ++k) {
    if (sharpness_[k] != sharpness) {
      sharpness = sharpness_[k];
      log_sharpness = std::log(sharpness);
    }
    const double mass = above_[k] - below_[k];
    logs[k] = log_sharpness - log_root_of_two_pi - (mass == 1 ? 0 : std::log(mass));
  }
  return logs;
}

std::vector<double> ParzenKernels::log_probabilities(std::int64_t level) const {
  std::vector<double> logs;
  if (parameter_->is_unordered()) {
    const auto count = static_cast<double>(parameter_->levels);
    const double hit = std::log((own_ + 1) / (own_ + count));
    const double miss = std::log(1 / (own_ + count));
    const double absent = prior_ ? std::log(prior_->probability(level)) : -std::log(count);
    for (const std::int64_t other : levels_) logs.push_back(other < 0 ? absent : other == level ? hit : miss);
    return logs;
  }
  const auto [low, high] = parameter_->unit_interval(level);
  for (std::size_t k = 0; k < centres_.size(); ++k) {
    if (twins_[k] < k) {
      logs.push_back(logs[twins_[k]]);
      continue;
    }
    const double mass = normal_mass((low - centres_[k]) * sharpness_[k], (high - centres_[k]) * sharpness_[k]);
    logs.push_back(std::log(mass / (above_[k] - below_[k])));
  }
  return logs;
}

double ParzenKernels::draw(std::size_t kernel, RandomStream& random) const {
  const SpaceParameter& parameter = *parameter_;
  if (!parameter.is_unordered()) {
    // The centre lies inside the interval, so that the inverse cdf never meets a tail.
    const double drawn = random.uniform(below_[kernel], above_[kernel]);
    const double p = std::clamp(drawn, 0x1p-60, 1 - 0x1p-53);
    const double unit = std::clamp(centres_[kernel] + normal_quantile(p) / sharpness_[kernel], 0.0, 1.0);
    if (is_continuous()) return unit;
    return static_cast<double>(parameter.level_of(parameter.value_at(unit)));
  }
  if (levels_[kernel] < 0 && prior_) {
    return static_cast<double>(parameter.level_of(parameter.value_at(prior_->unit_at(random.uniform()))));
  }
  // The observed level with weight 1 and each level with 1/kernels.
  const double extra = levels_[kernel] < 0 ? 0 : own_;
  const double place = random.uniform() * (extra + static_cast<double>(parameter.levels));
  if (place < extra) return static_cast<double>(levels_[kernel]);
  return static_cast<double>(std::min(static_cast<std::int64_t>(place - extra), parameter.levels - 1));
}

}  // namespace hone
