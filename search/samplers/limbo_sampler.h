#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "configs/experiment_spec.h"
#include "search/limbo/limbo_model.h"
#include "search/samplers/sampler.h"

namespace hone {

/// Bayesian optimisation with the parts of limbo (Cully et al. 2018) at its defaults: squared exponential kernel,
/// fitted at every tenth value, expected improvement, DIRECT. A baseline to compare with; only in builds with
/// HONE_WITH_LIMBO.
///
/// Its model knows numbers in a box: choices are numbers in their order, an inactive parameter lies in the middle, and
/// of several objectives it sees the first. Values are standardised by those that the kernel was fitted to; a trial
/// that runs has the posterior mean for its value. Ten Sobol points come first, and a random configuration where limbo
/// proposes one that was tried or is forbidden.
class LimboSampler final : public Sampler {
 public:
  /// Reads the sections sampler and study.
  explicit LimboSampler(const ExperimentSpec& spec);

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  std::vector<double> kernel_of(const LimboData& data, std::size_t fitted) const;

  std::int64_t initial_;
  bool dedupe_;
  bool learn_failures_;
  std::uint64_t study_seed_;
  /// The newest fit and what it was made of; it changes no answer.
  mutable LimboData fitted_to_;
  mutable std::vector<double> kernel_;
};

}  // namespace hone
