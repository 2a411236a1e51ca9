#include "search/samplers/random_sampler.h"

#include "search/samplers/unseen.h"

namespace hone {

std::optional<Suggestion> RandomSampler::suggest(const SearchSpace& space, const History& history, std::int64_t,
                                                 RandomStream& random) const {
  return as_suggestion(Unseen(space, history, dedupe_).draw(random));
}

}  // namespace hone
