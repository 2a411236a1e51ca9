#include "search/samplers/branch.h"

#include <algorithm>
#include <set>
#include <string>

namespace hone {
namespace {

/// With more branches each would have too few trials to learn from.
constexpr std::int64_t kMaxBranches = 8;

bool reads(const SpaceParameter& parameter, const std::string& name) {
  if (!parameter.when) return false;
  const std::vector<std::string>& names = parameter.when->names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The parameter whose value is the branch.
const SpaceParameter* root_of(const SearchSpace& space) {
  for (const SpaceParameter& root : space.parameters()) {
    if (root.when || !root.is_unordered() || root.levels < 2 || root.levels > kMaxBranches) continue;
    const auto count = [&](auto test) {
      return std::count_if(space.parameters().begin(), space.parameters().end(), test);
    };
    const auto readers = count([&](const SpaceParameter& other) { return reads(other, root.spec.name); });
    const auto plain = count(
        [&](const SpaceParameter& other) { return reads(other, root.spec.name) && other.when->names().size() == 1; });
    if (readers > 0) return readers == plain ? &root : nullptr;
  }
  return nullptr;
}

/// The parameters that may be active where the root has this value.
std::vector<ParameterSpec> parameters_of(const SearchSpace& space, const std::string& root, const ParamValue& value) {
  std::vector<ParameterSpec> kept;
  std::set<std::string> dropped;
  for (std::size_t i = 0; i < space.size(); ++i) {
    const SpaceParameter& parameter = space.parameters()[i];
    ParameterSpec spec = parameter.spec;
    bool is_out = parameter.when && std::any_of(parameter.when->names().begin(), parameter.when->names().end(),
                                                [&](const std::string& name) { return dropped.count(name) > 0; });
    if (reads(parameter, root)) {
      is_out = !space.is_active(i, {{root, value}});
      spec.when.clear();
    }
    if (is_out) {
      dropped.insert(spec.name);
      continue;
    }
    if (spec.name == root) {
      // A constant.
      spec.type = ParameterType::categorical;
      spec.choices = {value};
      spec.default_value.reset();
      spec.prior.reset();
    }
    kept.push_back(std::move(spec));
  }
  return kept;
}

}  // namespace

std::optional<Branch> draw_branch(const SearchSpace& space, const History& history, RandomStream& random) {
  const SpaceParameter* const root = root_of(space);
  if (root == nullptr) return std::nullopt;
  const ParamValue value = root->value_of_level(random.index(root->levels));
  Branch branch = {SearchSpace(parameters_of(space, root->spec.name, value), {}), {}};
  branch.history.tolerances = history.tolerances;
  for (const HistoryTrial& trial : history.trials) {
    const auto taken = trial.params.find(root->spec.name);
    if (taken != trial.params.end() && taken->second == value) branch.history.trials.push_back(trial);
  }
  return branch;
}

}  // namespace hone
