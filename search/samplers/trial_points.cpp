#include "search/samplers/trial_points.h"

#include <algorithm>
#include <numeric>

namespace hone {

TrialPoints::Columns TrialPoints::columns(const SearchSpace& space, std::optional<std::int64_t> generation,
                                          std::span<const HistoryTrial* const> trials) {
  begin(space, generation);
  Columns columns(space.size());
  for (std::vector<double>& column : columns) column.reserve(trials.size());
  for (const HistoryTrial* trial : trials) {
    const double* const point = point_of(space, *trial);
    if (point == nullptr) continue;
    for (std::size_t j = 0; j < columns.size(); ++j) columns[j].push_back(point[j]);
  }
  return columns;
}

void TrialPoints::begin(const SearchSpace& space, std::optional<std::int64_t> generation) {
  if (generation && generation == generation_ && by_name_.size() == space.size()) return;
  generation_ = generation;
  known_.clear();
  by_name_.resize(space.size());
  std::iota(by_name_.begin(), by_name_.end(), std::size_t{0});
  std::sort(by_name_.begin(), by_name_.end(), [&](std::size_t a, std::size_t b) {
    return space.parameters()[a].spec.name < space.parameters()[b].spec.name;
  });
}

const double* TrialPoints::point_of(const SearchSpace& space, const HistoryTrial& trial) {
  const auto id = static_cast<std::size_t>(trial.id);
  if (id >= known_.size()) {
    known_.resize(id + 1, Known::unread);
    points_.resize(known_.size() * space.size());
  }
  double* const point = points_.data() + id * space.size();
  if (!generation_ || known_[id] == Known::unread) {
    known_[id] = read(space, trial.params, point) ? Known::point : Known::other_space;
  }
  return known_[id] == Known::point ? point : nullptr;
}

bool TrialPoints::read(const SearchSpace& space, const Params& params, double* point) const {
  auto entry = params.begin();
  for (const std::size_t j : by_name_) {
    const SpaceParameter& parameter = space.parameters()[j];
    while (entry != params.end() && entry->first < parameter.spec.name) ++entry;
    if (entry == params.end() || entry->first != parameter.spec.name) {
      if (!parameter.when) return false;
      point[j] = kAbsent;
      continue;
    }
    const std::int64_t level = parameter.level_of(entry->second);
    if (parameter.levels > 0 && level < 0) return false;
    point[j] = parameter.levels == 0 ? parameter.unit_of(entry->second) : static_cast<double>(level);
  }
  return true;
}

}  // namespace hone
