// Counts what must never happen: proposals that break a clause, carry an inactive or miss an active parameter, leave a
// range, or repeat a trial, over spaces drawn at random.
//   space_properties [PROPOSALS]   per kind of sampler and in all (default 10⁶)
#include <fmt/format.h>

#include <cmath>
#include <string>
#include <vector>

#include "search/registry.h"
#include "tests/search/random_spaces.h"

namespace hone {
namespace {

/// Seeds of other spaces than those of the tests.
constexpr std::uint64_t kFirstSeed = 1'000'000;

/// Share of the proposals of a kind of sampler: those that fit a model take a thousand times as long as random ones.
double share_of(const std::string& kind) {
  if (kind == "gp" || kind == "auto") return 0.001;
  if (kind == "random" || kind == "sobol") return 0.4;
  return 0.04;
}

ProposalCounts count(const std::string& kind, std::int64_t proposals) {
  ProposalCounts sum;
  for (std::uint64_t seed = kFirstSeed; sum.proposals < proposals; ++seed) {
    const ProposalCounts one = count_proposals(kind, seed, /*trials=*/40);
    sum.proposals += one.proposals;
    sum.invalid += one.invalid;
    sum.repeated += one.repeated;
    if (sum.example.empty()) sum.example = one.example;
  }
  return sum;
}

int print_counts(double proposals) {
  ProposalCounts all;
  for (const KindInfo& kind : sampler_kinds()) {
    const ProposalCounts counts =
        count(kind.name, static_cast<std::int64_t>(std::ceil(proposals * share_of(kind.name))));
    fmt::print("{:12} {:8} proposals, {} invalid, {} repeated {}\n", kind.name, counts.proposals, counts.invalid,
               counts.repeated, counts.example);
    std::fflush(stdout);
    all.proposals += counts.proposals;
    all.invalid += counts.invalid;
    all.repeated += counts.repeated;
  }
  fmt::print("{:12} {:8} proposals, {} invalid, {} repeated\n", "all", all.proposals, all.invalid, all.repeated);
  return all.invalid + all.repeated == 0 ? 0 : 1;
}

}  // namespace
}  // namespace hone

int main(int argc, char** argv) { return hone::print_counts(argc > 1 ? std::stod(argv[1]) : 1e6); }
