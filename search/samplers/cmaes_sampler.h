#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "configs/experiment_spec.h"
#include "configs/fields.h"
#include "search/samplers/cmaes_replay.h"
#include "search/samplers/sampler.h"

namespace hone {

struct CmaesOptions {
  std::optional<std::int64_t> population;
  double sigma = 1.0 / 6;
  std::string covariance = "auto";
  std::string restarts = "bipop";
  std::string noise = "auto";
  bool warm = true;
};
std::span<const Field<CmaesOptions>> cmaes_fields();

/// CMA-ES (Hansen, Ostermeier 2001; with negative weights, Jastrebski, Arnold 2006): draws generations from a normal
/// distribution that learns the directions in which values fall. For hundreds to thousands of trials of numbers.
///
/// Integers and other levels are kept moving by a margin (CMAwM), a parameter with K > 2 choices is the largest of K
/// coordinates, conditional parameters always have their coordinates. A run starts from the best tenth of earlier
/// trials when there are 20 or more (`warm`), else around the best of them or the middle. A generation ends when as
/// many trials as its population have an outcome; until then any number is drawn from it, and what comes later teaches
/// nothing here. Configurations tried before are drawn again; so are points outside the box, a hundred times, then they
/// are moved to its edge. Without a `sampler.initial` it begins at once, else after so many Sobol points.
class CmaesSampler final : public Sampler {
 public:
  /// Reads the sections sampler, study, budget and objectives.
  CmaesSampler(const CmaesOptions& options, const ExperimentSpec& spec);

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  CmaesSettings settings(std::size_t dimensions) const;

  CmaesOptions options_;
  std::int64_t initial_;
  std::optional<std::int64_t> trials_;
  bool noisy_;
  bool dedupe_;
  bool learn_failures_;
  std::uint64_t study_seed_;
  /// What the last replay found; it changes no answer.
  mutable std::optional<CmaesReplay> replay_;
  mutable std::size_t dimensions_ = 0;
};

}  // namespace hone
