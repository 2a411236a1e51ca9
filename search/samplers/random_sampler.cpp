#include "search/samplers/random_sampler.h"

#include "search/samplers/unseen.h"

namespace hone {

std::optional<Suggestion> RandomSampler::suggest(const SearchSpace& space, const History& history, std::int64_t,
                                                 RandomStream& random) const {
  const Unseen unseen(space, history, dedupe_);
  std::optional<Params> params = unseen.draw(random);
  if (!params) return std::nullopt;
  Suggestion suggestion;
  suggestion.params = *std::move(params);
  return suggestion;
}

}  // namespace hone
