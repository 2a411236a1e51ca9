#pragma once

#include <cstddef>
#include <optional>
#include <string>

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

/// The notes of a proposal of arm `gp`.
std::string notes_of(const GpFacts& facts);
/// The facts in the newest notes that hold some for this number of length scales.
std::optional<GpFacts> newest_facts(const History& history, std::size_t lengths);

}  // namespace hone
