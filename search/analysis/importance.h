#pragma once

#include <span>
#include <string>
#include <vector>

#include "search/trial/search_space.h"

namespace hone {

/// A trial's parameters with its value, smaller = better.
struct ScoredParams {
  Params params;
  double value = 0;
};

struct ParameterImportance {
  std::string name;
  /// Shares add up to 1.
  double share = 0;
};

/// How much each parameter matters for being among the best tenth: PED-ANOVA (Watanabe, Bansal and Hutter 2023,
/// "PED-ANOVA: efficiently quantifying hyperparameter importance in arbitrary subspaces"), with Scott's bandwidth on a
/// grid of 50 as in Optuna. A conditional parameter's share is scaled by α²/β, its active shares among the best and
/// among all. Largest first; empty when there are fewer than two trials or parameters.
std::vector<ParameterImportance> parameter_importance(const SearchSpace& space, std::span<const ScoredParams> trials);

}  // namespace hone
