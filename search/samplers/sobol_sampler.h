#pragma once

#include <cstdint>

#include "search/samplers/sampler.h"
#include "search/samplers/unseen.h"

namespace hone {

/// The first unseen configuration of the study's scrambled Sobol sequence from point `next` on; nothing when a finite
/// space is exhausted.
std::optional<Params> sobol_params(const SearchSpace& space, const Unseen& unseen, std::uint64_t study_seed,
                                   std::int64_t next, RandomStream& random);

/// Trial n takes point n of a Sobol sequence scrambled by the study's seed: spreads evenly where random clumps.
class SobolSampler final : public Sampler {
 public:
  SobolSampler(std::uint64_t study_seed, bool dedupe) : study_seed_(study_seed), dedupe_(dedupe) {}

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  std::uint64_t study_seed_;
  bool dedupe_;
};

}  // namespace hone
