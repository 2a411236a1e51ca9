#include "search/samplers/unseen.h"

#include <algorithm>
#include <vector>

namespace hone {
namespace {

/// Draws before a small space is listed instead, and before a large one counts as used up.
constexpr int kDraws = 100;
constexpr int kMaxDraws = 10'000;
/// Configurations compared with every trial before the trials' keys are made.
constexpr int kLooks = 8;

/// Collects the unseen configurations below a choice of the first `index` parameters.
void collect(const SearchSpace& space, const Unseen& unseen, std::size_t index, Params& params,
             std::vector<Params>& found) {
  if (index == space.size()) {
    if (unseen.has(params)) found.push_back(params);
    return;
  }
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

}  // namespace

Params draw_params(const SearchSpace& space, RandomStream& random) {
  std::vector<double> unit(space.size());
  for (double& u : unit) u = random.uniform();
  return space.decode(unit);
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
    if (parameter.levels == 0 && !parameter.when && probe_ == nullptr) probe_ = &parameter.spec.name;
  }
}

bool Unseen::has(const Params& params) const {
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
    const auto other = trial.params.find(probe);
    const bool may_be =
        value != params.end() && other != trial.params.end() && as_number(value->second) == as_number(other->second);
    return may_be && space_.key(trial.params) == space_.key(params);
  });
}

std::optional<Params> Unseen::draw(RandomStream& random) const {
  for (int i = 0; i < kMaxDraws; ++i) {
    if (i == kDraws && space_.configurations()) return draw_listed(random);
    Params params = draw_params(space_, random);
    if (has(params)) return params;
  }
  return std::nullopt;
}

std::optional<Params> Unseen::draw_listed(RandomStream& random) const {
  std::vector<Params> found;
  Params params;
  collect(space_, *this, 0, params, found);
  if (found.empty()) return std::nullopt;
  return found[static_cast<std::size_t>(random.index(static_cast<std::int64_t>(found.size())))];
}

}  // namespace hone
