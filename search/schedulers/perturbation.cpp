#include "search/schedulers/perturbation.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace hone {
namespace {

constexpr double kUp = 1.2;
constexpr double kDown = 0.8;
constexpr int kTries = 100;

double unit_of_level(const SpaceParameter& parameter, std::int64_t level) {
  return parameter.unit_of(parameter.value_of_level(std::clamp<std::int64_t>(level, 0, parameter.levels - 1)));
}

/// The unit coordinate of a value moved up or down.
double moved(const SpaceParameter& parameter, const ParamValue& value, bool up) {
  if (parameter.is_unordered()) return parameter.unit_of(value);
  if (!parameter.scale) return unit_of_level(parameter, parameter.level_of(value) + (up ? 1 : -1));
  const double low = *parameter.spec.low;
  const double high = *parameter.spec.high;
  const double factor = up ? kUp : kDown;
  const double number = as_number(value);
  const double raw = parameter.spec.log == LogScale::reverse ? high - (high - number) * factor : number * factor;
  const double unit = std::clamp(parameter.scale->to_unit(std::clamp(raw, low, high)), 0.0, 1.0);
  if (parameter.levels == 0) return unit;
  // A step that rounding would undo is one level.
  const std::int64_t level = parameter.level_of(value);
  const bool is_undone = parameter.level_of(parameter.value_at(unit)) == level && raw != number;
  return is_undone ? unit_of_level(parameter, level + (raw > number ? 1 : -1)) : unit;
}

}  // namespace

Params perturbed(const SearchSpace& space, const Params& params, double resample, RandomStream& random) {
  const std::vector<std::optional<double>> known = space.encode(params);
  for (int attempt = 0; attempt < kTries; ++attempt) {
    std::vector<double> unit(space.size());
    for (std::size_t i = 0; i < unit.size(); ++i) {
      const SpaceParameter& parameter = space.parameters()[i];
      const bool anew = random.uniform() < resample;
      const bool up = random.uniform() < 0.5;
      const double drawn = random.uniform();
      if (known[i] && parameter.levels == 1) {
        unit[i] = *known[i];
      } else {
        unit[i] = known[i] && !anew ? moved(parameter, params.at(parameter.spec.name), up) : drawn;
      }
    }
    Params candidate = space.decode(unit);
    if (space.allows(candidate)) return candidate;
  }
  return params;
}

}  // namespace hone
