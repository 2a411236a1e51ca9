#pragma once

#include <memory>
#include <optional>

#include "search/recorded_pool.h"
#include "search/samplers/sampler.h"

namespace hone {

/// Lets a sampler choose among recorded configurations: its suggestion is answered by the nearest one that no trial has
/// had, which is also what it learns from. Nothing once the pool is used up.
///
/// The distance is Euclidean in unit coordinates; unordered values that differ, and a parameter that only one of both
/// has, count 1. Of equally near ones the first.
class PoolSampler final : public Sampler {
 public:
  /// `pool` outlives the sampler. `first` is what trial 0 wants whatever the sampler says: the defaults of the space.
  PoolSampler(std::unique_ptr<Sampler> sampler, const RecordedPool& pool, std::optional<Params> first)
      : sampler_(std::move(sampler)), pool_(pool), first_(std::move(first)) {}

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  std::optional<Params> nearest_unused(const SearchSpace& space, const History& history, const Params& wanted) const;

  std::unique_ptr<Sampler> sampler_;
  const RecordedPool& pool_;
  std::optional<Params> first_;
};

}  // namespace hone
