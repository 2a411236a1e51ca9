#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "configs/experiment_spec.h"
#include "configs/fields.h"
#include "search/samplers/sampler.h"

namespace hone {

struct NsgaOptions {
  /// Nothing: 50, from three objectives on 100.
  std::optional<std::int64_t> population;
};
std::span<const Field<NsgaOptions>> nsga_fields();

/// Who survives: by crowding (NSGA-II) or by niches (NSGA-III), at most as many of which as the population counts.
enum class NsgaRule { crowding, niches };

/// Genetic algorithms for several objectives: NSGA-II (Deb, Pratap, Agarwal and Meyarivan 2002, "A fast and elitist
/// multiobjective genetic algorithm") and NSGA-III (Deb and Jain 2014; search/samplers/nsga_niching.h). Feasible trials
/// come first, of others the less violating.
///
/// Deviation: no generations. Parents of each proposal come from the best `population` of all trials that have a value,
/// so any number of proposals may run and nothing is kept but the history.
class NsgaSampler final : public Sampler {
 public:
  /// Reads the number of objectives, the seed, and `initial` and `dedupe` of the sampler.
  NsgaSampler(NsgaRule rule, const NsgaOptions& options, const ExperimentSpec& spec);

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  NsgaRule rule_;
  std::int64_t population_;
  std::int64_t initial_;
  bool dedupe_;
  std::uint64_t study_seed_;
};

}  // namespace hone
