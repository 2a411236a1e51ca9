#pragma once

#include <cstdint>
#include <span>

#include "configs/experiment_spec.h"
#include "configs/fields.h"
#include "search/samplers/sampler.h"

namespace hone {

struct EvolutionOptions {
  std::int64_t population = 100;
  std::int64_t tournament = 10;
};
std::span<const Field<EvolutionOptions>> evolution_fields();

/// Regularised evolution (Real et al. 2019, "Regularized evolution for image classifier architecture search",
/// algorithm 1): the best of `tournament` random members is mutated in one parameter; the population is the newest
/// `population` trials that have a value, so the oldest dies whatever its worth. Any number of proposals may run.
///
/// Deviation: evolution begins after `initial` Sobol points (default 20, at most a population) instead of a whole
/// random population, because most studies are not much longer than one.
class EvolutionSampler final : public Sampler {
 public:
  /// Reads `initial` and `dedupe` of the section.
  EvolutionSampler(const EvolutionOptions& options, const SamplerSpec& sampler, std::uint64_t study_seed);

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  EvolutionOptions options_;
  std::int64_t initial_;
  bool dedupe_;
  std::uint64_t study_seed_;
};

}  // namespace hone
