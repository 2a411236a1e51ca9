#include "search/samplers/user_prior.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/statistics.h"
#include "search/samplers/sobol_sampler.h"
#include "search/samplers/sobol_sequence.h"

namespace hone {
namespace {

/// Bent points tried for an unseen configuration before a plain one is taken.
constexpr int kPoints = 100;

double deviation_of(Confidence confidence) {
  switch (confidence) {
    case Confidence::low:
      return 0.25;
    case Confidence::medium:
      return 0.1;
    case Confidence::high:
      break;
  }
  return 0.05;
}

std::vector<double> bent(const SearchSpace& space, std::vector<double> unit) {
  for (std::size_t j = 0; j < unit.size(); ++j) {
    if (const auto prior = UserPrior::of(space.parameters()[j])) unit[j] = prior->unit_at(unit[j]);
  }
  return unit;
}

}  // namespace

std::optional<UserPrior> UserPrior::of(const SpaceParameter& parameter) {
  if (!parameter.spec.prior) return std::nullopt;
  return UserPrior(parameter, deviation_of(parameter.spec.confidence));
}

UserPrior::UserPrior(const SpaceParameter& parameter, double deviation)
    : parameter_(&parameter), deviation_(deviation) {
  if (parameter.is_unordered()) {
    level_ = parameter.level_of(*parameter.spec.prior);
    return;
  }
  centre_ = parameter.unit_of(*parameter.spec.prior);
  below_ = normal_cdf(-centre_ / deviation_);
  above_ = normal_cdf((1 - centre_) / deviation_);
}

double UserPrior::probability(std::int64_t level) const {
  const double even = 2 * deviation_ / static_cast<double>(parameter_->levels);
  return level == level_ ? 1 - 2 * deviation_ + even : even;
}

double UserPrior::log_density(double unit) const {
  if (level_ >= 0) {
    const auto levels = static_cast<double>(parameter_->levels);
    const auto level = static_cast<std::int64_t>(std::min(unit * levels, levels - 1));
    return std::log(levels * probability(level));
  }
  const double z = (unit - centre_) / deviation_;
  return -0.5 * z * z - std::log(std::sqrt(2 * std::numbers::pi) * deviation_ * (above_ - below_));
}

double UserPrior::slope(double unit) const { return level_ >= 0 ? 0 : (centre_ - unit) / (deviation_ * deviation_); }

double UserPrior::unit_at(double share) const {
  if (level_ < 0) {
    // The centre lies inside the interval, so that the inverse cdf never meets a far tail.
    const double p = std::clamp(below_ + share * (above_ - below_), 0x1p-60, 1 - 0x1p-53);
    return std::clamp(centre_ + deviation_ * normal_quantile(p), 0.0, 1.0);
  }
  std::int64_t level = 0;
  while (level + 1 < parameter_->levels && share >= probability(level)) share -= probability(level++);
  return (static_cast<double>(level) + 0.5) / static_cast<double>(parameter_->levels);
}

bool has_priors(const SearchSpace& space) {
  return std::any_of(space.parameters().begin(), space.parameters().end(),
                     [](const SpaceParameter& parameter) { return parameter.spec.prior.has_value(); });
}

std::optional<Suggestion> start_suggestion(const SearchSpace& space, const Unseen& unseen, std::uint64_t study_seed,
                                           std::int64_t next, RandomStream& random) {
  constexpr const char* kSobol = R"({"arm":"sobol"})";
  if (!has_priors(space)) return as_suggestion(sobol_params(space, unseen, study_seed, next, random), kSobol);
  // Even points of the sequence alone lie in one half of its first dimension: both kinds take each point.
  const std::int64_t point = next / 2;
  if (next % 2 == 0) {
    const SobolSequence sequence(space.size(), study_seed);
    for (int i = 0; i < kPoints; ++i) {
      Params params = space.decode(bent(space, sequence.point(static_cast<std::uint32_t>(point + i))));
      if (unseen.has(params)) return as_suggestion(std::move(params), R"({"arm":"prior"})");
    }
  }
  return as_suggestion(sobol_params(space, unseen, study_seed, point, random), kSobol);
}

}  // namespace hone
