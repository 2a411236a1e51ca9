#pragma once

#include <span>
#include <vector>

#include "search/trial/history.h"

namespace hone {

/// A trial's standing in a rung; `reached` is null for one that failed.
struct RungMember {
  const HistoryTrial* trial = nullptr;
  const RungValue* reached = nullptr;
};

/// Puts the members of a rung in order, best first: those that violate no outcome constraint by value, the others by
/// how much they violate, then the failed ones; of equals the older first. Several objectives rank by non-domination,
/// then crowding, or with `tolerances` (one an objective) in turn: see tiers_of.
void rank(std::vector<RungMember>& members, std::span<const double> tolerances);

}  // namespace hone
