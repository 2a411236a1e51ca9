#pragma once

#include <optional>
#include <string>

#include "core/random.h"
#include "search/trial/history.h"
#include "search/trial/search_space.h"

namespace hone {

struct Suggestion {
  Params params;
  /// Facts for the `asked` event as a JSON object: which arm, start-up or model.
  std::string notes = "{}";
  /// A change in how proposals are made, for people: recorded as an event of its own. Empty = none.
  std::string decision = {};
};

/// Proposes parameters. A pure function of the history and of the stream: no state, no loop, nothing serialised
/// (search.md §1). The same history and stream give the same answer, bit for bit.
class Sampler {
 public:
  virtual ~Sampler() = default;
  /// `next` is the number of the trial that is asked for. Nothing when a finite space is exhausted.
  virtual std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                            RandomStream& random) const = 0;
};

}  // namespace hone
