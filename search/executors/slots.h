#pragma once

#include <vector>

namespace hone {

/// Cores of each slot: disjoint sets of `per_slot` cores in order. When there are not enough cores for all slots every
/// set is empty: nothing is pinned, the kernel balances.
std::vector<std::vector<int>> divide_cores(const std::vector<int>& cores, int slots, int per_slot);

}  // namespace hone
