#pragma once

#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/report/results.h"

namespace hone {

/// The best trial for people: number, score, parameters; with several objectives the front it is the knee of, or the
/// goals in turn; and what fresh seeds say once it is confirmed. No line is wider than `columns`.
std::string best_lines(const Results& results, const Console& console, int columns);

/// "loss 0.41 (95 % 0.4 to 0.42) on 3 fresh seeds", or "unconfirmed: one seed chose it".
std::string confirmed_text(const Results& results);
/// Sentences that say how the best trial was chosen.
std::string how_text(const Results& results);
/// "loss 1.5, acc 0.85".
std::string scores_text(const std::vector<ObjectiveScore>& scores);
/// "3 trials that no other beats in every objective, hypervolume 0.935".
std::string front_text(const FrontResults& front);
/// "in turn: loss within 5 % of the best, then acc".
std::string goals_in_turn_text(const FrontResults& front);

}  // namespace hone
