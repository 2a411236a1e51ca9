#pragma once

#include "search/samplers/sampler.h"

namespace hone {

/// Draws every parameter uniformly on its scale.
class RandomSampler final : public Sampler {
 public:
  explicit RandomSampler(bool dedupe) : dedupe_(dedupe) {}

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  bool dedupe_;
};

}  // namespace hone
