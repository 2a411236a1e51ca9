#include "search/samplers/nsga_variation.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace hone {
namespace {

constexpr double kCrossoverProbability = 0.9;
constexpr double kCrossoverIndex = 15;
constexpr double kMutationIndex = 20;

double crossed(const SpaceParameter& parameter, double first, double second, RandomStream& random) {
  if (random.uniform() < 0.5) return first;
  if (parameter.is_unordered()) return second;
  const auto children = simulated_binary_crossover(first, second, random.uniform());
  return std::clamp(random.uniform() < 0.5 ? children.first : children.second, 0.0, 1.0);
}

/// Of a parameter with levels (at least two) always another level.
double mutated(const SpaceParameter& parameter, double unit, RandomStream& random) {
  const double step = polynomial_step(random.uniform());
  const double moved = std::clamp(unit + step, 0.0, 1.0);
  if (parameter.levels == 0) return moved;
  const std::int64_t level = parameter.level_of(parameter.value_at(unit));
  std::int64_t other = 0;
  if (parameter.is_unordered()) {
    other = (level + 1 + random.index(parameter.levels - 1)) % parameter.levels;
  } else {
    other = parameter.level_of(parameter.value_at(moved));
    if (other == level) other = step < 0 ? level - 1 : level + 1;
    if (other < 0) other = 1;
    if (other == parameter.levels) other = parameter.levels - 2;
  }
  const auto [low, high] = parameter.unit_interval(other);
  return (low + high) / 2;
}

}  // namespace

std::pair<double, double> simulated_binary_crossover(double first, double second, double u) {
  const double spread = std::pow(u <= 0.5 ? 2 * u : 1 / (2 - 2 * u), 1 / (kCrossoverIndex + 1));
  return {((1 + spread) * first + (1 - spread) * second) / 2, ((1 - spread) * first + (1 + spread) * second) / 2};
}

double polynomial_step(double u) {
  constexpr double kPower = 1 / (kMutationIndex + 1);
  return u <= 0.5 ? std::pow(2 * u, kPower) - 1 : 1 - std::pow(2 - 2 * u, kPower);
}

Params child_of(const SearchSpace& space, const Params& first, const Params& second, RandomStream& random) {
  const std::vector<std::optional<double>> a = space.encode(first);
  const std::vector<std::optional<double>> b = space.encode(second);
  const auto active =
      static_cast<double>(std::count_if(a.begin(), a.end(), [](const auto& c) { return c.has_value(); }));
  const bool crosses = random.uniform() < kCrossoverProbability;
  std::vector<double> child(space.size());
  for (std::size_t i = 0; i < space.size(); ++i) {
    const SpaceParameter& parameter = space.parameters()[i];
    const std::optional<double> inherited = a[i] ? a[i] : b[i];
    child[i] = inherited ? *inherited : random.uniform();
    if (!inherited || parameter.levels == 1) continue;
    if (crosses && a[i] && b[i]) child[i] = crossed(parameter, *a[i], *b[i], random);
    if (random.uniform() * active < 1) child[i] = mutated(parameter, child[i], random);
  }
  return space.decode(child);
}

}  // namespace hone
