#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "configs/experiment_spec.h"
#include "configs/fields.h"
#include "search/samplers/gp_goal.h"
#include "search/samplers/sampler.h"

namespace hone {

struct GpOptions {
  std::int64_t candidates = 768;
  bool trust_region = false;
  /// Of more values the best half and the newest half are kept; no option of a spec.
  std::size_t max_values = 1500;
};
std::span<const Field<GpOptions>> gp_fields();

/// Bayesian optimisation: a Gaussian process on warped values, and the point where the logarithm of the expected
/// improvement is largest (search.md §3–7); with several objectives that of their hypervolume, with constraints and
/// failures times the probability that all goes well (gp_goal.h).
///
/// It learns from the values at one budget: the highest at which more trials than parameters have one. Running trials
/// are fantasised, failed ones have no value. Sobol points come first: `initial` of them, by default one more than
/// there are parameters (5–20, and at most a fifth of the budget when that is more than 3), and more until half as many
/// have a value. Of more than 1,500 values it keeps the best 750 and the newest 750.
class GpSampler final : public Sampler {
 public:
  /// Reads the sections sampler, study, objective and budget.
  GpSampler(const GpOptions& options, const ExperimentSpec& spec);

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  std::int64_t candidates_;
  bool trust_region_;
  std::size_t max_values_;
  std::optional<std::int64_t> initial_;
  std::optional<std::int64_t> trials_;
  bool dedupe_;
  std::uint64_t study_seed_;
  GoalSettings settings_;
};

}  // namespace hone
