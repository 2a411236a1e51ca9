#include "search/samplers/sobol_sampler.h"

#include "search/samplers/sobol_sequence.h"

namespace hone {
namespace {

/// Points tried for an unseen configuration of a discrete space before it is drawn at random.
constexpr int kPoints = 1000;

}  // namespace

std::optional<Params> sobol_params(const SearchSpace& space, const Unseen& unseen, std::uint64_t study_seed,
                                   std::int64_t next, RandomStream& random) {
  if (space.size() == 0) return unseen.draw(random);
  const SobolSequence sequence(space.size(), study_seed);
  for (int i = 0; i < kPoints; ++i) {
    Params params = space.decode(sequence.point(static_cast<std::uint32_t>(next + i)));
    if (unseen.has(params)) return params;
  }
  return unseen.draw(random);
}

std::optional<Suggestion> SobolSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                                RandomStream& random) const {
  return as_suggestion(sobol_params(space, Unseen(space, history, dedupe_), study_seed_, next, random));
}

}  // namespace hone
