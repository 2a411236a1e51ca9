#include "search/samplers/gp_embedding.h"

#include <algorithm>
#include <cmath>

namespace hone {
namespace {

std::size_t width_of(const SpaceParameter& parameter, bool conditional) {
  if (parameter.levels == 1) return 0;
  const std::size_t extra = conditional ? 1 : 0;
  if (!parameter.is_unordered()) return 1 + extra;
  if (parameter.levels == 2 && !conditional) return 1;
  return static_cast<std::size_t>(parameter.levels) + extra;
}

std::size_t level_at(const SpaceParameter& parameter, double unit) {
  const auto level = static_cast<std::int64_t>(unit * static_cast<double>(parameter.levels));
  return static_cast<std::size_t>(std::clamp<std::int64_t>(level, 0, parameter.levels - 1));
}

}  // namespace

GpEmbedding::GpEmbedding(const SearchSpace& space) : space_(space) {
  for (const SpaceParameter& parameter : space.parameters()) {
    const bool conditional = parameter.when.has_value();
    has_conditions_ = has_conditions_ || conditional;
    places_.push_back({groups_.size(), conditional});
    const std::size_t width = width_of(parameter, conditional);
    groups_.insert(groups_.end(), width, lengths_);
    if (width > 0) ++lengths_;
  }
}

std::vector<double> GpEmbedding::unit_of(const Params& params) const {
  std::vector<double> unit;
  for (const auto& coordinate : space_.encode(params)) unit.push_back(coordinate.value_or(0.5));
  return unit;
}

void GpEmbedding::snap(std::vector<double>& unit) const {
  for (std::size_t i = 0; i < unit.size(); ++i) {
    const SpaceParameter& parameter = space_.parameters()[i];
    if (parameter.levels == 0) {
      unit[i] = std::clamp(unit[i], 0.0, 1.0);
    } else if (!parameter.is_unordered()) {
      unit[i] = parameter.unit_of(parameter.value_at(unit[i]));
    } else {
      unit[i] = (static_cast<double>(level_at(parameter, unit[i])) + 0.5) / static_cast<double>(parameter.levels);
    }
  }
}

std::vector<bool> GpEmbedding::active(std::span<const double> unit) const {
  std::vector<bool> active(unit.size(), true);
  if (!has_conditions_) return active;
  const Params params = space_.decode(unit);
  for (std::size_t i = 0; i < unit.size(); ++i) active[i] = params.count(space_.parameters()[i].spec.name) > 0;
  return active;
}

std::vector<double> GpEmbedding::coordinates(std::span<const double> unit) const {
  std::vector<double> coordinates(dimensions(), 0.0);
  const std::vector<bool> is_active = active(unit);
  for (std::size_t i = 0; i < unit.size(); ++i) {
    const SpaceParameter& parameter = space_.parameters()[i];
    if (!is_active[i] || parameter.levels == 1) continue;
    const auto [first, conditional] = places_[i];
    const auto levels = static_cast<double>(parameter.levels);
    if (!parameter.is_unordered()) {
      if (conditional) coordinates[first] = 1 / std::sqrt(12.0);
      coordinates[*slope_coordinate(i)] = unit[i] - (conditional ? 0.5 : 0.0);
    } else if (parameter.levels == 2 && !conditional) {
      coordinates[first] = static_cast<double>(level_at(parameter, unit[i]));
    } else {
      coordinates[first + level_at(parameter, unit[i])] = std::sqrt(0.5);
      if (conditional) coordinates[first + static_cast<std::size_t>(parameter.levels)] = std::sqrt(0.5 - 1 / levels);
    }
  }
  return coordinates;
}

std::vector<std::optional<double>> GpEmbedding::unit_at(std::span<const double> coordinates) const {
  std::vector<std::optional<double>> unit(places_.size());
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const SpaceParameter& parameter = space_.parameters()[i];
    const auto [first, conditional] = places_[i];
    if (parameter.levels == 1) continue;
    if (!parameter.is_unordered()) {
      if (!conditional || coordinates[first] > 0) unit[i] = coordinates[*slope_coordinate(i)] + (conditional ? 0.5 : 0);
      continue;
    }
    const auto middle_of = [&](std::size_t level) {
      return (static_cast<double>(level) + 0.5) / static_cast<double>(parameter.levels);
    };
    if (parameter.levels == 2 && !conditional) {
      unit[i] = middle_of(coordinates[first] > 0 ? 1 : 0);
      continue;
    }
    for (std::size_t level = 0; level < static_cast<std::size_t>(parameter.levels); ++level) {
      if (coordinates[first + level] > 0) unit[i] = middle_of(level);
    }
  }
  return unit;
}

std::optional<std::size_t> GpEmbedding::slope_coordinate(std::size_t parameter) const {
  const SpaceParameter& its = space_.parameters()[parameter];
  if (its.is_unordered() || its.levels == 1) return std::nullopt;
  return places_[parameter].first + (places_[parameter].conditional ? 1 : 0);
}

}  // namespace hone
