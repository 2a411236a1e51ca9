#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/random.h"
#include "search/gp/acquisition.h"
#include "search/samplers/gp_embedding.h"

namespace hone {

/// Where ordered parameters may lie, unit coordinates [parameters].
struct SearchBox {
  std::vector<double> low;
  std::vector<double> high;
};

struct AcquisitionSearchOptions {
  /// Points looked at before the best are refined.
  std::int64_t raw = 768;
  /// Whether a snapped unit point may be proposed; nothing = all may. Points that may not are never returned.
  std::function<bool(const std::vector<double>& unit)> is_allowed = {};
  /// Nothing = the whole cube. Levels that are tried one by one are not held by it.
  std::optional<SearchBox> box = {};
};

/// Unit points of a space, snapped, by falling acquisition.
///
/// Looks at raw points: two thirds Sobol, one third perturbations of the `best` known ones. The best of them, the
/// incumbent and a few drawn by Boltzmann weights are refined in turn by L-BFGS on the parameters that are continuous
/// or nearly so (all starts step together, each with a memory of its own; a step out of what is allowed is shortened)
/// and by trying every level of the others. `lengths` are the model's, one a length scale of the embedding.
std::vector<std::vector<double>> search_acquisition(const GpEmbedding& embedding, const Acquisition& acquisition,
                                                    const std::vector<double>& lengths,
                                                    const std::vector<std::vector<double>>& best,
                                                    const AcquisitionSearchOptions& options, RandomStream& random);

}  // namespace hone
