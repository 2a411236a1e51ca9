#include "search/samplers/tpe_sampler.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "search/samplers/observations.h"
#include "search/samplers/parzen_mixture.h"
#include "search/samplers/sobol_sampler.h"
#include "search/samplers/unseen.h"

namespace hone {
namespace {

constexpr Field<TpeOptions> kFields[] = {
    {"candidates", &TpeOptions::candidates, {.low = 1}, "points drawn from the model of good trials for each proposal"},
};

constexpr std::int64_t kInitial = 10;
/// Completed configurations looked at before an unseen one is drawn at random.
constexpr int kMaxCompletions = 1000;

using Point = ParzenMixture::Point;
using Group = std::vector<std::size_t>;

/// Parameters by condition, parents first.
std::vector<Group> groups_of(const SearchSpace& space) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < space.size(); ++i) {
    const std::string& when = space.parameters()[i].spec.when;
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& other) {
      return space.parameters()[other.front()].spec.when == when;
    });
    if (group == groups.end()) {
      groups.push_back({i});
    } else {
      group->push_back(i);
    }
  }
  return groups;
}

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

Split split(std::vector<Observation> observed, std::vector<const HistoryTrial*> discouraging) {
  // A front has no single best: with several objectives its whole tenth is worth copying (search.md §8).
  const bool several = !observed.empty() && !observed.front().others.empty();
  const std::size_t good_size = std::min<std::size_t>((observed.size() + 9) / 10, several ? kBest : kMaxGood);
  const bool is_long = observed.size() + discouraging.size() > kBest + kLatest;
  const std::size_t ranked = is_long ? std::min(kBest, observed.size()) : observed.size();
  std::partial_sort(observed.begin(), observed.begin() + static_cast<std::ptrdiff_t>(ranked), observed.end(),
                    is_better);
  Split split;
  std::vector<const HistoryTrial*> rest = std::move(discouraging);
  for (std::size_t i = 0; i < observed.size(); ++i) {
    (i < good_size ? split.good : i < ranked ? split.bad : rest).push_back(observed[i].trial);
  }
  if (rest.size() > kLatest && is_long) {
    std::nth_element(rest.begin(), rest.end() - kLatest, rest.end(), is_older);
    rest.erase(rest.begin(), rest.end() - kLatest);
  }
  split.bad.insert(split.bad.end(), rest.begin(), rest.end());
  std::sort(split.good.begin(), split.good.end(), is_older);
  std::sort(split.bad.begin(), split.bad.end(), is_older);
  return split;
}

/// One proposal: completes a configuration group by group.
class Proposal {
 public:
  Proposal(const SearchSpace& space, const Split& split, const Unseen& unseen, std::int64_t candidates,
           RandomStream& random)
      : space_(space),
        groups_(groups_of(space)),
        split_(split),
        unseen_(unseen),
        candidates_(candidates),
        random_(random) {}

  std::optional<Params> make() { return complete(0, {}); }

 private:
  /// The best unseen configuration that has `chosen` in the groups before `index`: depth first through the candidates
  /// of each group, best first.
  std::optional<Params> complete(std::size_t index, const Params& chosen) {
    while (index < groups_.size() && !space_.is_active(groups_[index].front(), chosen)) ++index;
    if (index == groups_.size()) {
      ++completions_;
      if (unseen_.has(chosen)) return chosen;
      return std::nullopt;
    }
    for (const Point& point : ranked_candidates(groups_[index])) {
      Params more = chosen;
      for (std::size_t j = 0; j < point.size(); ++j) {
        const SpaceParameter& parameter = space_.parameters()[groups_[index][j]];
        more[parameter.spec.name] = parameter.levels == 0
                                        ? parameter.value_at(point[j])
                                        : parameter.value_of_level(static_cast<std::int64_t>(point[j]));
      }
      if (auto done = complete(index + 1, more)) return done;
      if (completions_ >= kMaxCompletions) break;
    }
    return std::nullopt;
  }

  /// Different draws from the good model, by falling ratio of good to bad density.
  std::vector<Point> ranked_candidates(const Group& group) {
    const ParzenMixture good(space_, group, points_of(split_.good, group));
    const ParzenMixture bad(space_, group, points_of(split_.bad, group));
    std::set<Point> drawn;
    for (std::int64_t i = 0; i < candidates_; ++i) drawn.insert(good.draw(random_));
    const std::vector<Point> points(drawn.begin(), drawn.end());
    const std::vector<double> good_logs = good.log_densities(points);
    const std::vector<double> bad_logs = bad.log_densities(points);
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < points.size(); ++i) order.emplace_back(bad_logs[i] - good_logs[i], i);
    std::sort(order.begin(), order.end());
    std::vector<Point> ranked;
    for (const auto& [score, i] : order) ranked.push_back(points[i]);
    return ranked;
  }

  /// Points of the trials in which the group was active.
  std::vector<Point> points_of(const std::vector<const HistoryTrial*>& trials, const Group& group) const {
    // In the order of names, which is that of a trial's parameters: one walk instead of a search for each.
    std::vector<std::size_t> by_name(group.size());
    std::iota(by_name.begin(), by_name.end(), std::size_t{0});
    std::sort(by_name.begin(), by_name.end(), [&](std::size_t a, std::size_t b) {
      return space_.parameters()[group[a]].spec.name < space_.parameters()[group[b]].spec.name;
    });
    std::vector<Point> points;
    for (const HistoryTrial* trial : trials) {
      Point point(group.size());
      std::size_t found = 0;
      auto entry = trial->params.begin();
      for (const std::size_t j : by_name) {
        const SpaceParameter& parameter = space_.parameters()[group[j]];
        while (entry != trial->params.end() && entry->first < parameter.spec.name) ++entry;
        if (entry == trial->params.end() || entry->first != parameter.spec.name) break;
        const std::int64_t level = parameter.level_of(entry->second);
        if (parameter.levels > 0 && level < 0) break;
        point[j] = parameter.levels == 0 ? parameter.unit_of(entry->second) : static_cast<double>(level);
        ++found;
      }
      if (found == group.size()) points.push_back(std::move(point));
    }
    return points;
  }

  const SearchSpace& space_;
  std::vector<Group> groups_;
  const Split& split_;
  const Unseen& unseen_;
  std::int64_t candidates_;
  RandomStream& random_;
  int completions_ = 0;
};

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
  std::vector<Observation> observed = observations(history);
  const auto needed = std::max<std::int64_t>(1, (initial_ + 1) / 2);
  if (next < initial_ || static_cast<std::int64_t>(observed.size()) < needed) {
    return as_suggestion(sobol_params(space, unseen, study_seed_, next, random), R"({"arm":"sobol"})");
  }
  const Split trials = split(std::move(observed), discouraging(history, learn_failures_));
  if (auto params = Proposal(space, trials, unseen, candidates_, random).make()) {
    return as_suggestion(std::move(params), R"({"arm":"tpe"})");
  }
  return as_suggestion(unseen.draw(random), R"({"arm":"random"})");
}

}  // namespace hone
