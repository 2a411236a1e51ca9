#include "search/samplers/limbo_sampler.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "core/statistics.h"
#include "search/samplers/observations.h"
#include "search/samplers/unseen.h"
#include "search/samplers/user_prior.h"

namespace hone {
namespace {

constexpr std::int64_t kInitial = 10;
/// Values between two fits of the kernel.
constexpr std::size_t kFitEvery = 10;

LimboPoint point_of(const SearchSpace& space, const Params& params) {
  LimboPoint point;
  for (const std::optional<double> unit : space.encode(params)) point.push_back(unit.value_or(0.5));
  return point;
}

/// What was told, to be maximised. limbo refuses values that are not finite.
LimboData told_in(const SearchSpace& space, const std::vector<Observation>& observed) {
  LimboData data;
  for (const Observation& one : observed) {
    if (!std::isfinite(one.value)) continue;
    data.points.push_back(point_of(space, one.trial->params));
    data.values.push_back(-one.value);
  }
  return data;
}

/// Values with mean 0 and variance 1 among the first `size`: limbo's prior has variance 1.
LimboData standardised(LimboData data, std::size_t size) {
  const std::span<const double> first = std::span(data.values).first(size);
  const double centre = mean(first);
  double squares = 0;
  for (const double value : first) squares += (value - centre) * (value - centre);
  const double deviation = std::sqrt(squares / static_cast<double>(size));
  for (double& value : data.values) value = deviation > 0 ? (value - centre) / deviation : 0;
  return data;
}

}  // namespace

LimboSampler::LimboSampler(const ExperimentSpec& spec)
    : initial_(std::max<std::int64_t>(2, spec.sampler.initial.value_or(kInitial))),
      dedupe_(spec.sampler.dedupe),
      learn_failures_(spec.sampler.failures == "learn"),
      study_seed_(static_cast<std::uint64_t>(spec.study.seed)) {}

std::optional<Suggestion> LimboSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                                RandomStream& random) const {
  const Unseen unseen(space, history, dedupe_);
  const LimboData told = told_in(space, observations_at_one_budget(history, 1));
  if (next < initial_ || told.points.size() < 2 || space.size() == 0) {
    return start_suggestion(space, unseen, study_seed_, next, random);
  }
  const std::size_t fitted = told.points.size() / kFitEvery * kFitEvery;
  const LimboData data = standardised(told, fitted > 0 ? fitted : told.points.size());
  std::vector<LimboPoint> pending;
  for (const HistoryTrial* trial : discouraging(history, learn_failures_)) {
    pending.push_back(point_of(space, trial->params));
  }
  LimboPoint start(space.size());
  for (double& x : start) x = random.uniform();
  Params params = space.decode(limbo_proposal(data, pending, kernel_of(data, fitted), start, random.bits()));
  if (unseen.has(params)) return as_suggestion(std::move(params), R"({"arm":"limbo"})");
  return as_suggestion(unseen.draw(random), R"({"arm":"random"})");
}

/// Nine of ten asks want the same fit again.
std::vector<double> LimboSampler::kernel_of(const LimboData& data, std::size_t fitted) const {
  if (fitted == 0) return {};
  const auto size = static_cast<std::ptrdiff_t>(fitted);
  LimboData first;
  first.points.assign(data.points.begin(), data.points.begin() + size);
  first.values.assign(data.values.begin(), data.values.begin() + size);
  if (first != fitted_to_) {
    kernel_ = fit_limbo_kernel(first);
    fitted_to_ = std::move(first);
  }
  return kernel_;
}

}  // namespace hone
