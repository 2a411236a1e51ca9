#include "cli/best_lines.h"

#include <fmt/format.h>

#include "cli/format.h"
#include "cli/summary.h"
#include "core/text.h"

namespace hone {

std::string scores_text(const std::vector<ObjectiveScore>& scores) {
  std::vector<std::string> parts;
  for (const ObjectiveScore& score : scores) parts.push_back(score.metric + " " + format_score(score.value));
  return join(parts, ", ");
}

std::string front_text(const FrontResults& front) {
  return fmt::format("{} that no other beats in every objective, hypervolume {}",
                     count_of(static_cast<std::int64_t>(front.trials.size()), "trial"),
                     format_short(front.hypervolume));
}

std::string goals_in_turn_text(const FrontResults& front) {
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < front.objectives.size(); ++k) {
    const FrontObjective& objective = front.objectives[k];
    const bool is_last = k + 1 == front.objectives.size();
    parts.push_back(
        is_last ? objective.metric
                : fmt::format("{} within {} of the best", objective.metric, format_percent(objective.tolerance, 1)));
  }
  return "in turn: " + join(parts, ", then ");
}

std::string confirmed_text(const Results& results) {
  if (!results.confirmed) return "unconfirmed: one seed chose it";
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < results.confirmation.objectives.size(); ++k) {
    const Confirmed& one = *results.confirmation.confirmed(k);
    parts.push_back(fmt::format("{} {} ({:g} % {} to {})", results.best_scores[k].metric, format_short(one.shrunk, 5),
                                100 * (1 - results.confirm_alpha), format_short(one.shrunk_interval->low, 5),
                                format_short(one.shrunk_interval->high, 5)));
  }
  return join(parts, ", ") + " on " + count_of(results.confirmation.confirmed()->repeats, "fresh seed");
}

std::string how_text(const Results& results) {
  std::string text =
      results.confirmed ? "Confirmed: " + confirmed_text(results) + "." : "Unconfirmed: one seed chose it.";
  if (!results.front) return text;
  if (results.front->in_turn) return "Goals " + goals_in_turn_text(*results.front) + ". " + text;
  if (!results.front->is_answer()) return text;
  const bool is_knee = results.front->knee_trial()->trial == results.best;
  return (is_knee ? "The knee of a front of " : "Of a front of ") + front_text(*results.front) + ". " + text;
}

std::string best_lines(const Results& results, const Console& console, int columns) {
  const TrialResult* best = results.best_trial();
  if (best == nullptr) return labelled(console, "best trial", "none has a score yet", columns);
  std::string score = scores_text(results.best_scores);
  if (best->reached > 0) score += " after " + format_units(best->reached, results.unit);
  std::string text = labelled(console, "best trial", fmt::format("{}: {}", best->id, score), columns);
  if (!best->params.empty()) text += labelled(console, "", format_params(best->params), columns);
  if (results.front && results.front->is_answer()) {
    const bool is_knee = results.front->knee_trial()->trial == best->id;
    const std::string place = is_knee ? "the best trial is its knee; " : "";
    text += labelled(console, "front", front_text(*results.front), columns);
    text += labelled(console, "", place + "hone pareto " + results.folder.string() + " lists it", columns);
  } else if (results.front && results.front->in_turn) {
    text += labelled(console, "goals", goals_in_turn_text(*results.front), columns);
  }
  if (results.confirmed) text += labelled(console, "confirmed", confirmed_text(results), columns);
  return text;
}

}  // namespace hone
