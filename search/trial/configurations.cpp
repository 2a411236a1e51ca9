#include <algorithm>

#include "search/trial/search_space.h"

namespace hone {
namespace {

constexpr std::int64_t kMaxConfigurations = 1'000'000;

bool reads(const SpaceParameter& parameter, const std::string& name) {
  if (!parameter.when) return false;
  const std::vector<std::string>& names = parameter.when->names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Counts configurations; gives up when there are too many.
class ConfigurationCount {
 public:
  /// Without clauses, parameters that nothing reads are multiplied instead of walked through.
  ConfigurationCount(const SearchSpace& space, bool with_clauses)
      : space_(space), with_clauses_(with_clauses && !space.clauses().empty()) {}

  std::optional<std::int64_t> count() {
    Params params;
    const std::int64_t found = count_from(0, params);
    if (found > kMaxConfigurations || visited_ > kMaxConfigurations) return std::nullopt;
    return found;
  }

 private:
  /// Configurations of the parameters from `index` on, given those before it.
  std::int64_t count_from(std::size_t index, Params& params) {
    const auto parameters = space_.parameters();
    if (index == parameters.size()) {
      ++visited_;
      return with_clauses_ && !space_.allows(params) ? 0 : 1;
    }
    if (!space_.is_active(index, params)) return count_from(index + 1, params);
    const SpaceParameter& parameter = parameters[index];
    const std::int64_t levels = std::min(parameter.levels, kMaxConfigurations + 1);
    if (!is_read(index)) return std::min(levels * count_from(index + 1, params), kMaxConfigurations + 1);
    std::int64_t count = 0;
    for (std::int64_t level = 0; level < levels && !has_enough(count); ++level) {
      params[parameter.spec.name] = parameter.value_of_level(level);
      count += count_from(index + 1, params);
    }
    params.erase(parameter.spec.name);
    return std::min(count, kMaxConfigurations + 1);
  }

  bool has_enough(std::int64_t count) const { return count > kMaxConfigurations || visited_ > kMaxConfigurations; }

  /// Whether a later condition or a clause depends on the parameter.
  bool is_read(std::size_t index) const {
    const std::string& name = space_.parameters()[index].spec.name;
    const auto rest = space_.parameters().subspan(index + 1);
    return (with_clauses_ && space_.clauses().reads(name)) ||
           std::any_of(rest.begin(), rest.end(), [&](const SpaceParameter& later) { return reads(later, name); });
  }

  const SearchSpace& space_;
  bool with_clauses_;
  std::int64_t visited_ = 0;
};

bool is_finite(const SearchSpace& space) {
  const auto parameters = space.parameters();
  return std::none_of(parameters.begin(), parameters.end(),
                      [](const SpaceParameter& parameter) { return parameter.levels == 0; });
}

}  // namespace

std::optional<std::int64_t> SearchSpace::combinations() const {
  if (!is_finite(*this)) return std::nullopt;
  return ConfigurationCount(*this, /*with_clauses=*/false).count();
}

std::optional<std::int64_t> SearchSpace::configurations() const {
  if (!is_finite(*this)) return std::nullopt;
  return ConfigurationCount(*this, /*with_clauses=*/true).count();
}

}  // namespace hone
