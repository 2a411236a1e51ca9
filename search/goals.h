#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "configs/expressions.h"
#include "search/trial/history.h"
#include "search/trial/trial.h"

namespace hone {

/// An outcome constraint, `latency_ms <= 5` or `accuracy >= 0.98 * baseline`, made ready.
struct OutcomeLimit {
  /// By how much the side that should be smaller is larger than the other one; < and > count as <= and >=.
  Expression excess;
  /// What it reads, `baseline` left out.
  std::vector<std::string> metrics;
  /// What `baseline` stands for in it.
  std::optional<double> baseline;

  /// `text` was checked by load_spec.
  static OutcomeLimit make(const std::string& text, const std::map<std::string, double>& baselines);
};

/// What a spec wants of a trial's metrics: objectives, turned so that all are minimised, and outcome constraints. Here,
/// and only here, a sign changes.
class Goals {
 public:
  explicit Goals(const ExperimentSpec& spec);

  const std::vector<ObjectiveSpec>& objectives() const { return objectives_; }
  const std::vector<OutcomeLimit>& limits() const { return limits_; }
  /// One an objective when they are goals in turn: as History has them.
  const std::vector<double>& tolerances() const { return tolerances_; }
  /// Names of the metrics without which a trial has no score, objectives first.
  std::vector<std::string> metrics() const;

  /// What the reports of `curve` and the final metrics, which win, amount to; its budget is 0. Nothing when the metric
  /// of an objective or of a constraint is missing.
  std::optional<RungValue> score(std::span<const TrialReport> curve,
                                 const std::map<std::string, double>& final_metrics) const;
  /// Appends the point after the newest report of `curve` to `points`, the points after the reports before it. No point
  /// while an objective is missing; a point without violations while a constrained metric is.
  void add_point(std::span<const TrialReport> curve, std::vector<RungValue>& points) const;

  /// Turns an objective from the user's direction to the minimised one, or back.
  double turned(std::size_t objective, double value) const;

 private:
  /// A metric as it is judged: an objective by its `from`, any other by its newest value.
  std::optional<double> metric(const std::string& name, std::span<const TrialReport> curve,
                               const std::map<std::string, double>& final_metrics) const;
  /// Violations of all limits; nothing when a metric is missing or a limit is not defined for these metrics.
  std::optional<std::vector<double>> violations(std::span<const TrialReport> curve,
                                                const std::map<std::string, double>& final_metrics) const;

  std::vector<ObjectiveSpec> objectives_;
  std::vector<OutcomeLimit> limits_;
  std::vector<double> tolerances_;
};

/// A metric after `from` (last, best, mean:K) of an objective, in the user's direction: what the reports make of it, or
/// the final value, which wins; nothing where it was never reported.
std::optional<double> value_of(std::span<const TrialReport> curve, const std::map<std::string, double>& final_metrics,
                               const ObjectiveSpec& objective);

/// The objective with this number, minimised: 0 is `value`, the others follow.
double objective_in(const RungValue& score, std::size_t objective);
bool is_feasible(const RungValue& score);
/// Sum of the violations: 0 for a feasible trial.
double total_violation(const RungValue& score);

}  // namespace hone
