#include "search/samplers/cmaes_coordinates.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/samplers/cmaes_margin.h"

namespace hone {
namespace {

/// Where the coordinates of the chosen and of the other choices lie.
constexpr double kChosen = 2.0 / 3;
constexpr double kOther = 1.0 / 3;

}  // namespace

CmaesCoordinates::CmaesCoordinates(const SearchSpace& space) : space_(space) {
  for (std::size_t i = 0; i < space.size(); ++i) {
    const SpaceParameter& parameter = space.parameters()[i];
    if (parameter.levels == 1) continue;
    if (parameter.is_unordered() && parameter.levels > 2) {
      for (std::int64_t choice = 0; choice < parameter.levels; ++choice) places_.push_back({i, false, choice});
    } else {
      places_.push_back({i, parameter.levels > 0, -1});
    }
  }
}

std::vector<double> CmaesCoordinates::point_of(const Params& params) const {
  const std::vector<std::optional<double>> unit = space_.encode(params);
  std::vector<double> point;
  for (const Place& place : places_) {
    const SpaceParameter& parameter = space_.parameters()[place.parameter];
    const std::optional<double>& u = unit[place.parameter];
    if (!u || place.choice < 0) {
      point.push_back(u.value_or(0.5));
    } else {
      point.push_back(parameter.level_of(parameter.value_at(*u)) == place.choice ? kChosen : kOther);
    }
  }
  return point;
}

Params CmaesCoordinates::params_of(const std::vector<double>& point) const {
  std::vector<double> unit(space_.size(), 0.5);
  std::vector<double> largest(space_.size(), -std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const Place& place = places_[i];
    if (place.choice < 0) {
      unit[place.parameter] = std::clamp(point[i], 0.0, 1.0);
    } else if (point[i] > largest[place.parameter]) {
      largest[place.parameter] = point[i];
      const auto levels = static_cast<double>(space_.parameters()[place.parameter].levels);
      unit[place.parameter] = (static_cast<double>(place.choice) + 0.5) / levels;
    }
  }
  return space_.decode(unit);
}

bool CmaesCoordinates::is_inside(const std::vector<double>& point) const {
  for (std::size_t i = 0; i < point.size(); ++i) {
    if (!places_[i].has_levels && (point[i] < 0 || point[i] > 1)) return false;
  }
  return true;
}

void CmaesCoordinates::clip(std::vector<double>& point) const {
  for (std::size_t i = 0; i < point.size(); ++i) {
    if (!places_[i].has_levels) point[i] = std::clamp(point[i], 0.0, 1.0);
  }
}

void CmaesCoordinates::keep_margins(CmaesDistribution& distribution, std::size_t population) const {
  const double margin = 1 / (static_cast<double>(size()) * static_cast<double>(population));
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (!places_[i].has_levels) continue;
    const SpaceParameter& parameter = space_.parameters()[places_[i].parameter];
    const double unit = std::clamp(distribution.mean[i], 0.0, 1.0);
    const std::int64_t level = parameter.level_of(parameter.value_at(unit));
    const auto [low, high] = parameter.unit_interval(level);
    keep_margin(distribution, i, level == 0 ? -kInfinity : low, level == parameter.levels - 1 ? kInfinity : high,
                margin);
  }
}

}  // namespace hone
