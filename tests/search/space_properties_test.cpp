#include <gtest/gtest.h>

#include "search/registry.h"
#include "tests/search/random_spaces.h"

namespace hone {
namespace {

/// Proposals of each kind of sampler: together 4·10⁴, most of them of those that take microseconds. The 10⁶ of
/// search.md §23 are counted by tests/bench/space_properties.cpp.
std::int64_t share_of(const std::string& kind) {
  if (kind == "random" || kind == "sobol") return 15'000;
  if (kind == "gp" || kind == "auto") return 60;
  return 1'500;
}

TEST(SpaceProperties, NoProposalOfAnySamplerBreaksAClauseOrRepeatsATrial) {
  std::int64_t total = 0;
  for (const KindInfo& kind : sampler_kinds()) {
    std::int64_t left = share_of(kind.name);
    const int trials = left > 10'000 ? 25 : 40;
    for (std::uint64_t seed = 1; left > 0; ++seed) {
      const ProposalCounts counts = count_proposals(kind.name, seed, trials);
      ASSERT_EQ(counts.invalid + counts.repeated, 0) << counts.example;
      left -= std::max<std::int64_t>(counts.proposals, 1);
      total += counts.proposals;
    }
  }
  EXPECT_GE(total, 36'000);
}

TEST(RandomSpaces, HoldSomethingAndAreOfManyKinds) {
  int with_clauses = 0;
  int with_conditions = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const ExperimentSpec spec = random_space_spec(seed);
    with_clauses += !spec.constraints.forbid.empty() || !spec.constraints.require.empty();
    for (const ParameterSpec& one : spec.space) with_conditions += !one.when.empty();
    EXPECT_GT(count_proposals("random", seed, 1).proposals, 0) << seed;
  }
  EXPECT_GT(with_clauses, 80);
  EXPECT_GT(with_conditions, 80);
}

}  // namespace
}  // namespace hone
