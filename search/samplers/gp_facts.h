#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "search/gp/kernel.h"
#include "search/gp/outcome_warp.h"
#include "search/trial/history.h"

namespace hone {

/// What one ask of the Gaussian process leaves to the next: it stands in the notes of the `asked` event, so that a
/// suggestion stays a function of the history and fits start warm.
struct GpFacts {
  GpParameters parameters;
  OutcomeWarp warp;
  /// Numbers of observations at the last fit and when the warp was chosen; 0 = never.
  std::size_t fitted = 0;
  std::size_t warped = 0;
  /// Budget at which the observations were made.
  double budget = 0;
};

/// The notes of a proposal: {"arm": …, "models": [one an objective]}.
std::string notes_of(std::string_view arm, std::span<const GpFacts> models);
/// The facts of a model in the newest notes that hold it with this number of length scales, whichever arm wrote them.
std::optional<GpFacts> newest_facts(const History& history, std::size_t lengths, std::size_t model = 0);

}  // namespace hone
