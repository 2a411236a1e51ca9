#pragma once

#include <cstdint>
#include <string>

#include "configs/experiment_spec.h"

namespace hone {

/// A space drawn at random: one to seven parameters of every type, scale and step, conditions, clauses and derived
/// values. Nearly all of them hold something.
ExperimentSpec random_space_spec(std::uint64_t seed);

/// What a run of asks and tells found.
struct ProposalCounts {
  std::int64_t proposals = 0;
  /// Out of range, off a level, inactive, missing, against a clause.
  std::int64_t invalid = 0;
  std::int64_t repeated = 0;
  /// The first of either, for people.
  std::string example;
};
/// Lets the sampler named `kind` propose up to `trials` configurations of the space of `seed`, each told a value.
ProposalCounts count_proposals(const std::string& kind, std::uint64_t seed, int trials);

}  // namespace hone
