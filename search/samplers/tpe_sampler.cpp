#include "search/samplers/tpe_sampler.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

#include "search/samplers/observations.h"
#include "search/samplers/parzen_mixture.h"
#include "search/samplers/unseen.h"
#include "search/samplers/user_prior.h"

namespace hone {
namespace {

constexpr Field<TpeOptions> kFields[] = {
    {"candidates", &TpeOptions::candidates, {.low = 1}, "points drawn from the model of good trials for each proposal"},
};

constexpr std::int64_t kInitial = 10;
/// Draws for each candidate that the clauses must allow.
constexpr std::int64_t kDraws = 10;

using Point = ParzenMixture::Point;

/// A history longer than both together is modelled by its best and its latest trials (search.md §16).
constexpr std::size_t kBest = 250;
constexpr std::size_t kLatest = 750;
/// The good of one objective are at most so many.
constexpr std::size_t kMaxGood = 25;

struct Split {
  /// Both in order of id: weights fall with age.
  std::vector<const HistoryTrial*> good;
  std::vector<const HistoryTrial*> bad;
};

bool is_older(const HistoryTrial* a, const HistoryTrial* b) { return a->id < b->id; }

std::vector<const HistoryTrial*> merged(const std::vector<const HistoryTrial*>& a,
                                        const std::vector<const HistoryTrial*>& b) {
  std::vector<const HistoryTrial*> both;
  both.reserve(a.size() + b.size());
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both), is_older);
  return both;
}

/// Both lists are in order of id, and so is all that is made of them.
Split split(const std::vector<Observation>& observed, const std::vector<const HistoryTrial*>& discouraging) {
  // A front has no single best: with several objectives its whole tenth is worth copying (search.md §8).
  const bool several = !observed.empty() && !observed.front().others.empty();
  const std::size_t good_size = std::min<std::size_t>((observed.size() + 9) / 10, several ? kBest : kMaxGood);
  const bool is_long = observed.size() + discouraging.size() > kBest + kLatest;
  const std::size_t ranked = is_long ? std::min(kBest, observed.size()) : observed.size();
  std::vector<const Observation*> order;
  order.reserve(observed.size());
  for (const Observation& one : observed) order.push_back(&one);
  const auto better = [](const Observation* a, const Observation* b) { return is_better(*a, *b); };
  const auto part = [&](std::size_t size) { return order.begin() + static_cast<std::ptrdiff_t>(size); };
  if (ranked < observed.size()) std::nth_element(order.begin(), part(ranked), order.end(), better);
  if (good_size < ranked) std::nth_element(order.begin(), part(good_size), part(ranked), better);
  enum class Place : unsigned char { rest, bad, good };
  std::vector<Place> places(observed.size(), Place::rest);
  for (std::size_t i = 0; i < ranked; ++i) {
    places[static_cast<std::size_t>(order[i] - observed.data())] = i < good_size ? Place::good : Place::bad;
  }
  Split split;
  std::vector<const HistoryTrial*> rest;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    (places[i] == Place::good ? split.good : places[i] == Place::bad ? split.bad : rest).push_back(observed[i].trial);
  }
  rest = merged(rest, discouraging);
  if (rest.size() > kLatest && is_long) rest.erase(rest.begin(), rest.end() - kLatest);
  split.bad = merged(split.bad, rest);
  return split;
}

Params params_of(const SearchSpace& space, const Point& point) {
  Params params;
  for (std::size_t j = 0; j < point.size(); ++j) {
    if (point[j] == ParzenMixture::kAbsent) continue;
    const SpaceParameter& parameter = space.parameters()[j];
    params[parameter.spec.name] = parameter.levels == 0 ? parameter.value_at(point[j])
                                                        : parameter.value_of_level(static_cast<std::int64_t>(point[j]));
  }
  return params;
}

/// Different draws from the good model that the clauses allow, in rising order.
std::vector<Point> candidates_from(const SearchSpace& space, const ParzenMixture& good, std::int64_t candidates,
                                   RandomStream& random) {
  std::vector<Point> drawn;
  const std::int64_t draws = space.clauses().empty() ? candidates : kDraws * candidates;
  for (std::int64_t i = 0; i < draws && std::ssize(drawn) < candidates; ++i) {
    Point point = good.draw(random);
    if (space.clauses().empty() || space.allows(params_of(space, point))) drawn.push_back(std::move(point));
  }
  std::sort(drawn.begin(), drawn.end());
  drawn.erase(std::unique(drawn.begin(), drawn.end()), drawn.end());
  return drawn;
}

/// Log ratio of bad to good density of each point.
std::vector<double> log_ratios(const ParzenMixture& good, const ParzenMixture& bad, const std::vector<Point>& points) {
  std::vector<double> ratios = bad.log_densities(points);
  const std::vector<double> good_logs = good.log_densities(points);
  for (std::size_t i = 0; i < points.size(); ++i) ratios[i] -= good_logs[i];
  return ratios;
}

bool same_branch(const Point& a, const Point& b) {
  return std::equal(a.begin(), a.end(), b.begin(),
                    [](double x, double y) { return (x == ParzenMixture::kAbsent) == (y == ParzenMixture::kAbsent); });
}

/// The candidate whose unconditional parameters alone have the best ratio: it chooses the branch. By all parameters, a
/// branch that is known well would always look better than one that is known little.
const Point& branch_to_take(const SearchSpace& space, const ParzenMixture& good, const ParzenMixture& bad,
                            const std::vector<Point>& points) {
  std::vector<Point> shared = points;
  for (Point& point : shared) {
    for (std::size_t j = 0; j < point.size(); ++j) {
      if (space.parameters()[j].when) point[j] = ParzenMixture::kAbsent;
    }
  }
  const std::vector<double> ratios = log_ratios(good, bad, shared);
  return points[static_cast<std::size_t>(std::min_element(ratios.begin(), ratios.end()) - ratios.begin())];
}

struct GoodAndBad {
  TrialPoints::Columns good;
  TrialPoints::Columns bad;
};

/// The unseen candidate with the largest ratio of good to bad density; one of the branch to take, where there are
/// branches.
std::optional<Params> proposal(const SearchSpace& space, const GoodAndBad& split, const Unseen& unseen,
                               std::int64_t candidates, RandomStream& random) {
  // One kernel of a tenth of the trials and one more: a share of about 10/n, as the exponent of a prior in πBO falls
  // (Hvarfner et al. 2022, eq. 6). Among the bad it would cancel out.
  const ParzenMixture good(space, split.good, ParzenMixture::Prior::of_user);
  const ParzenMixture bad(space, split.bad);
  const std::vector<Point> points = candidates_from(space, good, candidates, random);
  if (points.empty()) return std::nullopt;
  const std::vector<double> ratios = log_ratios(good, bad, points);
  const bool has_branches = std::any_of(space.parameters().begin(), space.parameters().end(),
                                        [](const SpaceParameter& parameter) { return parameter.when.has_value(); });
  const Point& leader = has_branches ? branch_to_take(space, good, bad, points) : points.front();
  std::vector<std::tuple<bool, double, std::size_t>> order;
  for (std::size_t i = 0; i < points.size(); ++i) {
    order.emplace_back(!same_branch(points[i], leader), ratios[i], i);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [is_elsewhere, ratio, i] : order) {
    Params params = params_of(space, points[i]);
    if (unseen.has(params)) return params;
  }
  return std::nullopt;
}

}  // namespace

std::span<const Field<TpeOptions>> tpe_fields() { return kFields; }

TpeSampler::TpeSampler(const TpeOptions& options, const SamplerSpec& sampler, std::uint64_t study_seed)
    : candidates_(options.candidates),
      initial_(sampler.initial.value_or(kInitial)),
      dedupe_(sampler.dedupe),
      learn_failures_(sampler.failures == "learn"),
      study_seed_(study_seed) {}

std::optional<Suggestion> TpeSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                              RandomStream& random) const {
  const Unseen unseen(space, history, dedupe_);
  const std::vector<Observation> observed = observations(history);
  const auto needed = std::max<std::int64_t>(1, (initial_ + 1) / 2);
  if (next < initial_ || static_cast<std::int64_t>(observed.size()) < needed) {
    return start_suggestion(space, unseen, study_seed_, next, random);
  }
  const Split trials = split(observed, discouraging(history, learn_failures_));
  const GoodAndBad points = {points_.columns(space, history.generation, trials.good),
                             points_.columns(space, history.generation, trials.bad)};
  if (auto params = proposal(space, points, unseen, candidates_, random)) {
    return as_suggestion(std::move(params), R"({"arm":"tpe"})");
  }
  return as_suggestion(unseen.draw(random), R"({"arm":"random"})");
}

}  // namespace hone
