#include "cli/report/front_results.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "search/analysis/pareto.h"
#include "search/objective.h"
#include "search/trial/hypervolume.h"

namespace hone {

std::optional<FrontResults> front_results(const ExperimentSpec& spec, const StudyState& state) {
  if (spec.objectives.size() < 2) return std::nullopt;
  const Goals goals(spec);
  FrontResults results;
  results.in_turn = !goals.tolerances().empty();
  std::vector<std::optional<double>> given;
  for (std::size_t k = 0; k < spec.objectives.size(); ++k) {
    const ObjectiveSpec& objective = spec.objectives[k];
    FrontObjective& one = results.objectives.emplace_back();
    one.metric = objective.metric;
    one.maximize = objective.goal == Goal::maximize;
    one.given = objective.reference.has_value();
    one.tolerance = results.in_turn && k < goals.tolerances().size() ? goals.tolerances()[k] : 0;
    given.push_back(one.given ? std::optional(goals.turned(k, *objective.reference)) : std::nullopt);
  }

  std::vector<ObjectiveVector> points;
  std::vector<std::int64_t> trials;
  for (const Candidate& candidate : first_choice(state, goals)) {
    if (!is_feasible(candidate.score)) continue;
    points.push_back(objectives_of(candidate.score));
    trials.push_back(candidate.trial);
  }
  if (points.empty()) return results;

  const ObjectiveVector reference = reference_of(points, given);
  std::vector<ObjectiveVector> front;
  for (const std::size_t i : ordered_front(points)) {
    front.push_back(points[i]);
    FrontTrial& trial = results.trials.emplace_back();
    trial.trial = trials[i];
    for (std::size_t k = 0; k < points[i].size(); ++k) trial.values.push_back(goals.turned(k, points[i][k]));
  }
  for (std::size_t k = 0; k < reference.size(); ++k) {
    results.objectives[k].reference = goals.turned(k, reference[k]);
  }
  results.hypervolume = hypervolume(front, reference);
  results.knee = knee_of(front);
  return results;
}

nlohmann::json front_json(const FrontResults& front) {
  using nlohmann::json;
  const FrontTrial* knee = front.knee_trial();
  const bool is_empty = knee == nullptr;
  json object = {{"objectives", json::array()},
                 {"trials", json::array()},
                 {"hypervolume", is_empty ? json(nullptr) : json(front.hypervolume)},
                 {"knee", is_empty ? json(nullptr) : json(knee->trial)}};
  for (const FrontObjective& objective : front.objectives) {
    json one = {{"metric", objective.metric}, {"goal", objective.maximize ? "maximize" : "minimize"}};
    one["reference"] = is_empty ? json(nullptr) : json(objective.reference);
    one["reference_given"] = objective.given;
    object["objectives"].push_back(one);
  }
  for (const FrontTrial& trial : front.trials) {
    object["trials"].push_back({{"trial", trial.trial}, {"values", trial.values}});
  }
  return object;
}

std::string hypervolume_text(const FrontResults& front) {
  std::vector<std::string> parts;
  for (const FrontObjective& objective : front.objectives) {
    parts.push_back(fmt::format("{} = {} ({})", objective.metric, format_short(objective.reference),
                                objective.given ? "given" : "the worst and a tenth of the range more"));
  }
  return fmt::format("{} up to {}", format_short(front.hypervolume), join(parts, ", "));
}

}  // namespace hone
