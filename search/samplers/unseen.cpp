#include "search/samplers/unseen.h"

#include <algorithm>
#include <vector>

namespace hone {
namespace {

/// Draws before a small space is listed instead, and before a large one counts as used up.
constexpr int kDraws = 100;
constexpr int kMaxDraws = 10'000;
/// A space with clauses may hold few configurations among many combinations: no more of these are listed early.
constexpr std::int64_t kListedEarly = 100'000;
/// Redraws of a clause's parameters before a whole new configuration is begun with.
constexpr int kRepairs = 100;
/// Configurations compared with every trial before the trials' keys are made.
constexpr int kLooks = 8;

/// Collects the unseen configurations below a choice of the first `index` parameters.
void collect(const SearchSpace& space, const Unseen& unseen, std::size_t index, Params& params,
             std::vector<Params>& found) {
  if (index == space.size()) {
    if (unseen.has(params)) found.push_back(params);
    return;
  }
  // A clause that is broken already stays so: what comes later only adds parameters.
  if (!space.allows(params)) return;
  if (!space.is_active(index, params)) {
    collect(space, unseen, index + 1, params, found);
    return;
  }
  const SpaceParameter& parameter = space.parameters()[index];
  for (std::int64_t level = 0; level < parameter.levels; ++level) {
    params[parameter.spec.name] = parameter.value_of_level(level);
    collect(space, unseen, index + 1, params, found);
  }
  params.erase(parameter.spec.name);
}

/// Draws the parameters of the first clause that does not hold anew; what this makes active is drawn too.
Params redrawn(const SearchSpace& space, const Params& params, const Clauses::Broken& broken, RandomStream& random) {
  std::vector<std::optional<double>> old = space.encode(params);
  std::vector<double> unit(space.size());
  for (std::size_t i = 0; i < space.size(); ++i) {
    const std::string& name = space.parameters()[i].spec.name;
    const bool is_read = std::find(broken.reads.begin(), broken.reads.end(), name) != broken.reads.end();
    unit[i] = is_read || !old[i] ? random.uniform() : *old[i];
  }
  return space.decode(unit);
}

}  // namespace

Params draw_params(const SearchSpace& space, RandomStream& random) {
  std::vector<double> unit(space.size());
  for (double& u : unit) u = random.uniform();
  return space.decode(unit);
}

std::optional<Params> draw_allowed(const SearchSpace& space, RandomStream& random) {
  Params params;
  for (int i = 0; i < kMaxDraws; ++i) {
    params = draw_params(space, random);
    if (space.allows(params)) return params;
  }
  for (int i = 0; i < kMaxDraws; ++i) {
    const auto broken = space.clauses().broken(params);
    if (!broken) return params;
    params = i % kRepairs == kRepairs - 1 ? draw_params(space, random) : redrawn(space, params, *broken, random);
  }
  return std::nullopt;
}

std::function<bool(const std::vector<double>& unit)> allowed_points(const SearchSpace& space) {
  if (space.clauses().empty()) return {};
  return [&space](const std::vector<double>& unit) { return space.allows(space.decode(unit)); };
}

std::optional<Suggestion> as_suggestion(std::optional<Params> params, std::string notes) {
  if (!params) return std::nullopt;
  Suggestion suggestion;
  suggestion.params = *std::move(params);
  suggestion.notes = std::move(notes);
  return suggestion;
}

Unseen::Unseen(const SearchSpace& space, const History& history, bool dedupe)
    : space_(space), history_(history), dedupe_(dedupe) {
  for (const SpaceParameter& parameter : space.parameters()) {
    const std::string& name = parameter.spec.name;
    if (parameter.levels == 0 && !parameter.when && (probe_ == nullptr || name < *probe_)) probe_ = &name;
  }
}

bool Unseen::has(const Params& params) const {
  if (!space_.allows(params)) return false;
  if (!dedupe_) return true;
  if (probe_ != nullptr && asked_++ < kLooks) return !is_tried(params, *probe_);
  if (keys_.empty()) {
    for (const HistoryTrial& trial : history_.trials) keys_.insert(space_.key(trial.params));
  }
  return keys_.count(space_.key(params)) == 0;
}

bool Unseen::is_tried(const Params& params, const std::string& probe) const {
  const auto value = params.find(probe);
  return std::any_of(history_.trials.begin(), history_.trials.end(), [&](const HistoryTrial& trial) {
    // The probe is the first in most trials: no search.
    const auto first = trial.params.begin();
    const auto other = first != trial.params.end() && first->first == probe ? first : trial.params.find(probe);
    const bool may_be =
        value != params.end() && other != trial.params.end() && as_number(value->second) == as_number(other->second);
    return may_be && space_.key(trial.params) == space_.key(params);
  });
}

std::optional<Params> Unseen::draw(RandomStream& random) const {
  // Each draw of a space with clauses is up to 10⁴ draws itself.
  const int draws = space_.clauses().empty() ? kMaxDraws : kMaxDraws / 10;
  for (int i = 0; i < draws; ++i) {
    if (i == kDraws && is_listed_early()) return draw_listed(random);
    const auto params = draw_allowed(space_, random);
    if (!params) break;
    if (has(*params)) return params;
  }
  return space_.configurations() ? draw_listed(random) : std::nullopt;
}

bool Unseen::is_listed_early() const {
  const auto combinations = space_.combinations();
  return combinations && (space_.clauses().empty() || *combinations <= kListedEarly);
}

std::optional<Params> Unseen::draw_listed(RandomStream& random) const {
  std::vector<Params> found;
  Params params;
  collect(space_, *this, 0, params, found);
  if (found.empty()) return std::nullopt;
  return found[static_cast<std::size_t>(random.index(static_cast<std::int64_t>(found.size())))];
}

}  // namespace hone
