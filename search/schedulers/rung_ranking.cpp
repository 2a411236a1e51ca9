#include "search/schedulers/rung_ranking.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "search/trial/ranking.h"

namespace hone {
namespace {

/// Violation, then tier or value, then id: smaller is better.
using Standing = std::tuple<double, double, std::int64_t>;

/// Tiers of the members at `places`, where there is more than one objective; else their values.
std::vector<double> keys_of(const std::vector<RungMember>& members, const std::vector<std::size_t>& places,
                            std::span<const double> tolerances) {
  std::vector<double> keys;
  if (places.empty() || members[places.front()].reached->others.empty()) {
    for (const std::size_t place : places) keys.push_back(members[place].reached->value);
    return keys;
  }
  std::vector<ObjectiveVector> points;
  for (const std::size_t place : places) {
    const RungValue& reached = *members[place].reached;
    points.push_back({reached.value});
    points.back().insert(points.back().end(), reached.others.begin(), reached.others.end());
  }
  for (const std::size_t tier : tiers_of(points, tolerances)) keys.push_back(static_cast<double>(tier));
  return keys;
}

}  // namespace

void rank(std::vector<RungMember>& members, std::span<const double> tolerances) {
  const auto failed = std::stable_partition(members.begin(), members.end(),
                                            [](const RungMember& member) { return member.reached != nullptr; });
  const auto reached = static_cast<std::size_t>(failed - members.begin());
  std::vector<std::span<const double>> violations;
  for (auto member = members.begin(); member != failed; ++member) violations.emplace_back(member->reached->violations);
  const std::vector<double> totals = total_violations(violations);

  std::vector<std::size_t> feasible;
  for (std::size_t i = 0; i < reached; ++i) {
    if (totals[i] == 0) feasible.push_back(i);
  }
  const std::vector<double> keys = keys_of(members, feasible, tolerances);
  std::vector<double> key_of(members.size(), 0.0);
  for (std::size_t k = 0; k < feasible.size(); ++k) key_of[feasible[k]] = keys[k];

  std::vector<std::pair<Standing, RungMember>> standings;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const double violation = i < reached ? totals[i] : std::numeric_limits<double>::infinity();
    standings.push_back({{violation, key_of[i], members[i].trial->id}, members[i]});
  }
  std::sort(standings.begin(), standings.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < members.size(); ++i) members[i] = standings[i].second;
}

}  // namespace hone
