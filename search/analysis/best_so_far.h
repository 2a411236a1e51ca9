#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace hone {

/// A trial with its value, when it was there: `seconds` after the study began.
struct FinishedTrial {
  std::int64_t trial = 0;
  double seconds = 0;
  double value = 0;
};

/// A trial that was better than all that had finished before it, with how many had finished then, itself included.
struct Improvement {
  FinishedTrial trial;
  std::int64_t trials = 0;
};

/// How fast a search became good, in the user's direction.
struct BestSoFar {
  std::vector<Improvement> improvements;
  /// Mean over the finished trials of the best value up to each: the area under that curve, in units of the objective.
  double area = 0;
  /// The first improvement that reached the target; nothing when none did or there is none.
  std::optional<Improvement> reached_target;
};

/// `finished` in the order in which they finished. Nothing without a trial.
std::optional<BestSoFar> best_so_far(const std::vector<FinishedTrial>& finished, bool maximize,
                                     std::optional<double> target);

}  // namespace hone
