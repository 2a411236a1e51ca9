#include "search/samplers/gp_goal.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/statistics.h"
#include "search/gp/expected_improvement.h"
#include "search/gp/hypervolume_improvement.h"
#include "search/gp/log_feasibility.h"
#include "search/gp/pure_exploration.h"
#include "search/samplers/failure_model.h"
#include "search/samplers/gp_model.h"
#include "search/samplers/prior_term.h"

namespace hone {
namespace {

/// Objectives up to which the hypervolume improvement is exact and fast.
constexpr std::size_t kMaxHypervolume = 3;
/// Draws of what pending trials bring when each of them makes a front of its own.
constexpr std::size_t kFrontDraws = 16;
/// Trials at once beyond which fantasies no longer tell proposals apart: every third one explores (search.md §6).
constexpr std::size_t kManyPending = 16;
constexpr std::size_t kExploring = 3;
/// Least distance of a reference from the values, in standard deviations.
constexpr double kMinMargin = 1e-3;
/// Weight of the plain sum beside the largest term (Knowles 2006, eq. 2).
constexpr double kRho = 0.05;
/// β of πBO: the number of trials from which on the user's prior counts less than the improvement.
constexpr double kPriorTrials = 10;

/// Makes a goal step by step.
class GoalMaker {
 public:
  GoalMaker(const GpEmbedding& embedding, const std::vector<Observation>& observed, const History& history,
            const GoalSettings& settings, RandomStream& random)
      : embedding_(embedding),
        observed_(observed),
        history_(history),
        settings_(settings),
        random_(random),
        objectives_(observed.front().others.size() + 1),
        pending_(pending_points(embedding, history, observed.front().reached)) {
    for (const Observation& one : observed) feasible_.push_back(one.is_feasible());
    goal_.lengths.assign(embedding.lengths(), std::numeric_limits<double>::infinity());
  }

  GpGoal make() {
    const bool any_feasible = std::find(feasible_.begin(), feasible_.end(), true) != feasible_.end();
    add_objectives(any_feasible);
    add_constraints(any_feasible);
    if (settings_.learn_failures) {
      for (auto& term : failure_terms(embedding_, history_)) add(std::move(term));
    }
    if (has_priors(embedding_.space())) {
      add(std::make_unique<PriorTerm>(embedding_), kPriorTrials / static_cast<double>(observed_.size()));
    }
    return std::move(goal_);
  }

 private:
  void add(std::unique_ptr<Acquisition> term, double weight = 1) {
    goal_.acquisition.add(*term, weight);
    goal_.terms.push_back(std::move(term));
  }

  /// The next model, which remembers the one at its place in the newest notes.
  FittedModel fitted(const std::vector<double>& values, const std::optional<double>& bound, Warping warping) {
    auto before = newest_facts(history_, embedding_.lengths(), goal_.facts.size());
    FittedModel model = fit_model(embedding_, observed_, values, before, bound, warping);
    goal_.facts.push_back(model.facts);
    for (std::size_t i = 0; i < goal_.lengths.size(); ++i) {
      goal_.lengths[i] = std::min(goal_.lengths[i], model.lengths[i]);
    }
    return model;
  }

  std::vector<double> values_of(std::size_t objective) const {
    std::vector<double> values;
    for (const Observation& one : observed_) values.push_back(objective == 0 ? one.value : one.others[objective - 1]);
    return values;
  }

  std::optional<double> setting(const std::vector<std::optional<double>>& list, std::size_t objective) const {
    return objective < list.size() ? list[objective] : std::nullopt;
  }

  FittedModel objective_model(std::size_t objective) {
    return fitted(values_of(objective), setting(settings_.bounds, objective), Warping::by_likelihood);
  }

  void add_objectives(bool any_feasible) {
    if (objectives_ == 1) {
      const FittedModel model = objective_model(0);
      const bool explores = pending_.size() > kManyPending && history_.trials.size() % kExploring == 0;
      goal_.arm = explores ? "ucb-pe" : "gp";
      if (any_feasible && explores) add(std::make_unique<PureExploration>(model.process, pending_));
      if (any_feasible && !explores) add_improvement(model, feasible_);
    } else if (!history_.tolerances.empty()) {
      add_goals_in_turn(any_feasible);
    } else if (objectives_ <= kMaxHypervolume) {
      add_hypervolume(any_feasible);
    } else {
      add_weighted_sum(any_feasible);
    }
  }

  void add_improvement(const FittedModel& model, const std::vector<bool>& eligible) {
    add(std::make_unique<LogExpectedImprovement>(model.process, pending_, fantasy_normals(pending_.size(), random_),
                                                 eligible));
  }

  void add_hypervolume(bool any_feasible) {
    goal_.arm = "ehvi";
    std::vector<FittedModel> models;
    for (std::size_t k = 0; k < objectives_; ++k) models.push_back(objective_model(k));
    if (!any_feasible) return;
    std::vector<const GaussianProcess*> processes;
    std::vector<OutcomeMap> units;
    for (const FittedModel& model : models) {
      processes.push_back(&model.process);
      units.push_back(model.map.inverse());
    }
    add(std::make_unique<LogHypervolumeImprovement>(processes, pending_, front_normals(), reference(models), feasible_,
                                                    units));
  }

  /// Of each objective the draws of its pending values.
  std::vector<std::vector<double>> front_normals() {
    const std::size_t pending = pending_.size();
    std::vector<std::vector<double>> normals(objectives_);
    if (pending == 0) return normals;
    const std::vector<double> joint = fantasy_normals(pending * objectives_, random_);
    for (std::size_t i = 0; i < kFrontDraws * pending * objectives_; ++i) {
      normals[i / pending % objectives_].push_back(joint[i]);
    }
    return normals;
  }

  /// In the models' units: the given reference, else the worst value of all that were seen and a tenth of their range.
  /// The front's own worst values would do harm: once a point near one end dominates the others, the front and with it
  /// the reference shrink to that end for ever.
  std::vector<double> reference(const std::vector<FittedModel>& models) const {
    std::vector<double> worst;
    for (std::size_t k = 0; k < objectives_; ++k) {
      const OutcomeMap& map = models[k].map;
      if (const auto given = setting(settings_.references, k)) {
        worst.push_back(map(*given));
        continue;
      }
      const std::vector<double> values = values_of(k);
      const auto [low, high] = std::minmax_element(values.begin(), values.end());
      worst.push_back(map(*high) + std::max((map(*high) - map(*low)) / 10, kMinMargin));
    }
    return worst;
  }

  void add_weighted_sum(bool any_feasible) {
    goal_.arm = "parego";
    // Uniform on the simplex: exponentials over their sum.
    std::vector<double> weights(objectives_);
    double total = 0;
    for (double& weight : weights) total += weight = -std::log(random_.uniform());
    std::vector<double> largest(observed_.size(), 0.0);
    std::vector<double> sums(observed_.size(), 0.0);
    for (std::size_t k = 0; k < objectives_; ++k) {
      const std::vector<double> values = values_of(k);
      const auto [low, high] = std::minmax_element(values.begin(), values.end());
      const double scale = *high > *low ? weights[k] / total / (*high - *low) : 0;
      for (std::size_t i = 0; i < values.size(); ++i) {
        largest[i] = std::max(largest[i], scale * (values[i] - *low));
        sums[i] += scale * (values[i] - *low);
      }
    }
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = largest[i] + kRho * sums[i];
    // Other weights than the last time: another function, whose parameters are only a start.
    const FittedModel model = fitted(sums, std::nullopt, Warping::none);
    goal_.facts.back().fitted = 0;
    if (any_feasible) add_improvement(model, feasible_);
  }

  void add_goals_in_turn(bool any_feasible) {
    goal_.arm = "goals";
    const auto drawn = static_cast<std::size_t>(random_.index(static_cast<std::int64_t>(objectives_)));
    std::vector<bool> left = feasible_;
    for (std::size_t k = 0; k < objectives_; ++k) {
      const std::vector<double> values = values_of(k);
      const FittedModel model = objective_model(k);
      if (!any_feasible || k > drawn) continue;
      if (k == drawn) {
        add_improvement(model, left);
        continue;
      }
      double best = std::numeric_limits<double>::infinity();
      for (std::size_t i = 0; i < values.size(); ++i) best = left[i] ? std::min(best, values[i]) : best;
      const double worst_allowed = best + history_.tolerances[k] * std::abs(best);
      for (std::size_t i = 0; i < values.size(); ++i) left[i] = left[i] && values[i] <= worst_allowed;
      add(std::make_unique<LogFeasibility>(model.process, model.map(worst_allowed), FeasibilityOptions{}));
    }
  }

  void add_constraints(bool any_feasible) {
    const std::size_t constraints = observed_.front().violations.size();
    for (std::size_t j = 0; j < constraints; ++j) {
      std::vector<double> sizes;
      for (const Observation& one : observed_) sizes.push_back(std::abs(one.violations[j]));
      // Keeps the sign and the threshold at 0, and takes the tails in.
      const double scale = std::max(median(sizes), std::numeric_limits<double>::min());
      std::vector<double> slacks;
      for (const Observation& one : observed_) slacks.push_back(std::asinh(one.violations[j] / scale));
      const FittedModel model = fitted(slacks, std::nullopt, Warping::none);
      FeasibilityOptions options;
      options.margin = normal_quantile(settings_.probability);
      // Without anything feasible the probabilities alone lead the way, however small they are.
      if (!any_feasible) options.floor = -std::numeric_limits<double>::infinity();
      add(std::make_unique<LogFeasibility>(model.process, model.map(0), options));
    }
  }

  const GpEmbedding& embedding_;
  const std::vector<Observation>& observed_;
  const History& history_;
  const GoalSettings& settings_;
  RandomStream& random_;
  std::size_t objectives_;
  Points pending_;
  std::vector<bool> feasible_;
  GpGoal goal_;
};

}  // namespace

GoalSettings goal_settings(const ExperimentSpec& spec) {
  GoalSettings settings;
  for (const ObjectiveSpec& objective : spec.objectives) {
    const bool is_minimised = objective.goal == Goal::minimize;
    std::optional<double> bound;
    if (objective.bounds) bound = is_minimised ? (*objective.bounds)[0] : -(*objective.bounds)[1];
    std::optional<double> reference = objective.reference;
    if (reference && !is_minimised) reference = -*reference;
    settings.bounds.push_back(bound);
    settings.references.push_back(reference);
  }
  settings.probability = spec.constraints.probability;
  settings.learn_failures = spec.sampler.failures == "learn";
  return settings;
}

GpGoal make_goal(const GpEmbedding& embedding, const std::vector<Observation>& observed, const History& history,
                 const GoalSettings& settings, RandomStream& random) {
  return GoalMaker(embedding, observed, history, settings, random).make();
}

}  // namespace hone
