#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "configs/experiment_spec.h"
#include "configs/fields.h"
#include "search/samplers/de_population.h"
#include "search/samplers/sampler.h"

namespace hone {

struct DeOptions {
  std::string variant = "jade";
  std::optional<std::int64_t> population;
  double weight = 0.5;
  double crossover = 0.5;
};
std::span<const Field<DeOptions>> de_fields();

/// Differential evolution on unit coordinates: a trial is its target, crossed with a third configuration moved by the
/// weighted difference of two others. `rand1bin` (Storn, Price 1997) moves a random member and draws what leaves the
/// cube anew; `jade` (Zhang, Sanderson 2009) moves the target towards one of the best tenth, takes one end of the
/// difference from beaten trials too and learns weight and crossover.
///
/// For parameters without an order a difference means: take the first end's choice with probability `weight`.
/// Coordinates of inactive parameters are drawn. Sobol points come first: `initial`, by default a population.
class DeSampler final : public Sampler {
 public:
  /// Reads `initial` and `dedupe` of the section.
  DeSampler(const DeOptions& options, const SamplerSpec& sampler, std::uint64_t study_seed);

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  DeOptions options_;
  std::optional<std::int64_t> initial_;
  bool dedupe_;
  std::uint64_t study_seed_;
};

}  // namespace hone
