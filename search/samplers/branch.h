#pragma once

#include <optional>

#include "core/random.h"
#include "search/trial/history.h"
#include "search/trial/search_space.h"

namespace hone {

/// One branch of a conditional space as a space of its own, with the trials that took it.
struct Branch {
  SearchSpace space;
  History history;
};

/// Draws a branch: a value of the first unconditional parameter without order that conditions read, each as likely as
/// the others. Its space lacks what cannot be active in it, and the clauses. Nothing where no such parameter is, where
/// it has more than eight values, or where a condition reads it together with others.
std::optional<Branch> draw_branch(const SearchSpace& space, const History& history, RandomStream& random);

}  // namespace hone
