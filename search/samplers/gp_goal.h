#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "core/random.h"
#include "search/gp/acquisition.h"
#include "search/samplers/gp_embedding.h"
#include "search/samplers/gp_facts.h"
#include "search/samplers/observations.h"
#include "search/trial/history.h"

namespace hone {

/// What a spec says about the goals of a search, objectives minimised.
struct GoalSettings {
  /// One an objective: a lower bound of its values, and the worst value that counts.
  std::vector<std::optional<double>> bounds;
  std::vector<std::optional<double>> references;
  /// Probability of feasibility a proposal should have.
  double probability = 0.5;
  bool learn_failures = true;
};
GoalSettings goal_settings(const ExperimentSpec& spec);

/// What the next proposal should maximise, with what is remembered of the models it is made of.
struct GpGoal {
  std::string arm;
  std::vector<GpFacts> facts;
  /// Length scales of the search: the shortest of all models, one a length scale of the embedding.
  std::vector<double> lengths;
  /// The acquisition, and what it is the sum of.
  SumOfAcquisitions acquisition;
  std::vector<std::unique_ptr<Acquisition>> terms;
};

/// The goal of a history (search.md §14, §15), by its objectives:
///   one            gp       logarithm of the expected improvement
///                  ucb-pe   with more than 16 trials at once every third time: where the model knows least
///   two or three   ehvi     logarithm of the expected hypervolume improvement
///   four or more   parego   improvement of a randomly weighted augmented Chebyshev sum, ρ = .05 (Knowles 2006,
///   "ParEGO") in turn        goals    improvement of a drawn objective while those before it stay within their
///   tolerances
/// plus the log probability of each outcome constraint, and of no failure. While no trial is feasible the probabilities
/// alone count. A user's prior π adds 10/n log π (Hvarfner et al. 2022). `observed` must hold two or more.
GpGoal make_goal(const GpEmbedding& embedding, const std::vector<Observation>& observed, const History& history,
                 const GoalSettings& settings, RandomStream& random);

}  // namespace hone
