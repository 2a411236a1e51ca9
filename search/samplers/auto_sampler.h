#pragma once

#include "configs/experiment_spec.h"
#include "search/samplers/auto_policy.h"
#include "search/samplers/cmaes_sampler.h"
#include "search/samplers/sampler.h"

namespace hone {

/// Chooses well without being told: several samplers take turns on one history, in shares that the space, the budget
/// and the number of values decide (auto_policy.h). The sampler of each trial is drawn from its stream.
/// The notes say which it was and under which policy; when the policy changes the suggestion carries the decision.
class AutoSampler final : public Sampler {
 public:
  explicit AutoSampler(const ExperimentSpec& spec) : spec_(spec), cmaes_(CmaesOptions{}, spec) {}

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  /// The proposal of one arm.
  std::optional<Suggestion> proposed(Arm arm, AskEffort effort, const SearchSpace& space, const History& history,
                                     std::int64_t next, RandomStream& random) const;

  ExperimentSpec spec_;
  /// Kept, because it remembers how far it has read the history.
  CmaesSampler cmaes_;
};

/// What a study of this spec begins with.
AutoPolicy first_policy(const SearchSpace& space, const ExperimentSpec& spec);

}  // namespace hone
