#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/random.h"
#include "search/samplers/sampler.h"
#include "search/trial/history.h"
#include "search/trial/search_space.h"

namespace hone {

/// A uniformly drawn configuration of a space, whether its clauses hold or not.
Params draw_params(const SearchSpace& space, RandomStream& random);

/// A configuration that the clauses allow: drawn uniformly up to 10⁴ times; then the parameters of the clauses that do
/// not hold are drawn anew until they do (search.md §2). Nothing when that fails as often.
std::optional<Params> draw_allowed(const SearchSpace& space, RandomStream& random);

/// Whether the clauses allow the configuration of a unit point, for searches of the unit cube; an empty function for a
/// space without clauses. Keeps a reference.
std::function<bool(const std::vector<double>& unit)> allowed_points(const SearchSpace& space);

/// A suggestion of these parameters, or none.
std::optional<Suggestion> as_suggestion(std::optional<Params> params, std::string notes = "{}");

/// Which configurations a sampler may still propose: all that the clauses allow, or those of them that no trial has
/// had.
class Unseen {
 public:
  /// Keeps references to `space` and `history`. Without `dedupe` everything that is allowed is unseen.
  Unseen(const SearchSpace& space, const History& history, bool dedupe);

  bool has(const Params& params) const;
  /// An unseen configuration drawn uniformly (with clauses as draw_allowed does); nothing when a finite space holds
  /// none any more.
  std::optional<Params> draw(RandomStream& random) const;

 private:
  /// One of all configurations of a finite space that are left.
  std::optional<Params> draw_listed(RandomStream& random) const;
  /// Whether all configurations are few enough to be listed as soon as draws are mostly tried ones.
  bool is_listed_early() const;
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
