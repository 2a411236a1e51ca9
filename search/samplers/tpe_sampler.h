#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "configs/experiment_spec.h"
#include "configs/fields.h"
#include "search/samplers/sampler.h"
#include "search/samplers/trial_points.h"

namespace hone {

struct TpeOptions {
  std::int64_t candidates = 128;
};
std::span<const Field<TpeOptions>> tpe_fields();

/// Tree-structured Parzen estimator (Bergstra et al. 2011; multivariate as in BOHB, Falkner et al. 2018): models the
/// parameters of the best tenth of the trials and of the others, draws candidates from the first model and takes the
/// one whose ratio of densities is largest.
///
/// In conditional spaces all parameters that are active together are modelled together: a trial speaks for the branches
/// that it took, and for the choice among them. Which branch is taken the unconditional parameters alone decide.
/// Configurations tried before are passed over. Running and failed trials count as bad. Sobol points come first:
/// `initial` of them (default 10), and more until half as many have a value. A prior of the user bends half of these,
/// and replaces the prior kernel of the model of good trials, whose share of it falls as 10/n up to 250 trials.
class TpeSampler final : public Sampler {
 public:
  /// Reads `initial`, `dedupe` and `failures` of the section.
  TpeSampler(const TpeOptions& options, const SamplerSpec& sampler, std::uint64_t study_seed);

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  std::int64_t candidates_;
  std::int64_t initial_;
  bool dedupe_;
  bool learn_failures_;
  std::uint64_t study_seed_;
  mutable TrialPoints points_;
};

}  // namespace hone
