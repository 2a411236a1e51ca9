#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/random.h"
#include "search/samplers/sampler.h"
#include "search/trial/history.h"
#include "search/trial/search_space.h"

namespace hone {

/// A uniformly drawn configuration of a space.
Params draw_params(const SearchSpace& space, RandomStream& random);

/// A suggestion of these parameters, or none.
std::optional<Suggestion> as_suggestion(std::optional<Params> params, std::string notes = "{}");

/// Which configurations a sampler may still propose: all, or those that no trial has had.
class Unseen {
 public:
  /// Keeps references to `space` and `history`. Without `dedupe` everything is unseen.
  Unseen(const SearchSpace& space, const History& history, bool dedupe);

  bool has(const Params& params) const;
  /// An unseen configuration drawn uniformly; nothing when a finite space holds none any more.
  std::optional<Params> draw(RandomStream& random) const;

 private:
  /// One of all configurations of a finite space that are left.
  std::optional<Params> draw_listed(RandomStream& random) const;
  /// Whether a trial has had these parameters, by looking through all of them.
  bool is_tried(const Params& params, const std::string& probe) const;

  const SearchSpace& space_;
  const History& history_;
  bool dedupe_;
  /// A continuous parameter that every configuration has: two of them rarely agree in it.
  const std::string* probe_ = nullptr;
  /// Made when so many configurations are asked about that looking through the trials would take longer.
  mutable std::set<std::string> keys_;
  mutable int asked_ = 0;
};

}  // namespace hone
