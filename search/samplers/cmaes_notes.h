#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "search/samplers/cmaes_restarts.h"

namespace hone {

/// What a proposal of CMA-ES leaves in the notes of its trial: enough to draw its point again.
struct CmaesNote {
  std::int64_t run = 0;
  std::int64_t generation = 0;
  /// Number of the draw that was taken; those before it lay outside or had been tried.
  std::int64_t draw = 0;
  /// Said by the first trial of a generation: the trials that made its distribution, best first. Of a run's first
  /// generation: the trials it starts from.
  std::optional<std::vector<std::int64_t>> parents = {};
  /// Said by the first trial of a run.
  std::optional<CmaesRun> start = {};
};

std::string to_notes(const CmaesNote& note);
/// Nothing for the notes of other arms.
std::optional<CmaesNote> cmaes_note_in(const std::string& notes);

}  // namespace hone
