#include "search/goals.h"

#include <algorithm>
#include <string_view>

#include "core/text.h"

namespace hone {

namespace {

std::optional<double> metric_in(const std::map<std::string, double>& metrics, const std::string& name) {
  const auto found = metrics.find(name);
  return found == metrics.end() ? std::nullopt : std::optional<double>(found->second);
}

bool is_better(double a, double b, Goal goal) { return goal == Goal::minimize ? a < b : a > b; }

std::optional<double> newest(std::span<const TrialReport> curve, const std::string& metric) {
  for (auto report = curve.rbegin(); report != curve.rend(); ++report) {
    if (const auto value = metric_in(report->metrics, metric)) return value;
  }
  return std::nullopt;
}

std::optional<double> best(std::span<const TrialReport> curve, const ObjectiveSpec& objective) {
  std::optional<double> best;
  for (const TrialReport& report : curve) {
    const auto value = metric_in(report.metrics, objective.metric);
    if (value && (!best || is_better(*value, *best, objective.goal))) best = value;
  }
  return best;
}

/// Mean of the newest `count` values, summed from the oldest to the newest.
std::optional<double> newest_mean(std::span<const TrialReport> curve, const std::string& metric, std::int64_t count) {
  std::vector<double> values;
  for (auto report = curve.rbegin(); report != curve.rend(); ++report) {
    if (static_cast<std::int64_t>(values.size()) == count) break;
    if (const auto value = metric_in(report->metrics, metric)) values.push_back(*value);
  }
  if (values.empty()) return std::nullopt;
  double sum = 0;
  for (auto value = values.rbegin(); value != values.rend(); ++value) sum += *value;
  return sum / static_cast<double>(values.size());
}

constexpr std::string_view kMean = "mean:";
constexpr std::string_view kBaseline = "baseline";

}  // namespace

std::optional<double> value_of(std::span<const TrialReport> curve, const std::map<std::string, double>& final_metrics,
                               const ObjectiveSpec& objective) {
  if (const auto value = metric_in(final_metrics, objective.metric)) return value;
  if (objective.from == "best") return best(curve, objective);
  if (objective.from.starts_with(kMean)) {
    const auto count = parse_integer(std::string_view(objective.from).substr(kMean.size())).value();
    return newest_mean(curve, objective.metric, count);
  }
  return newest(curve, objective.metric);
}

OutcomeLimit OutcomeLimit::make(const std::string& text, const std::map<std::string, double>& baselines) {
  // A clause is one comparison of numbers, so that the first of these signs is the one.
  const std::size_t sign = text.find_first_of("<>");
  const std::size_t right = text.find_first_not_of("<>=", sign);
  const std::string left_side = "(" + text.substr(0, sign) + ")";
  const std::string right_side = "(" + text.substr(right) + ")";
  const bool at_most = text[sign] == '<';
  OutcomeLimit limit{
      Expression::parse(at_most ? left_side + " - " + right_side : right_side + " - " + left_side), {}, {}};
  for (const std::string& name : limit.excess.names()) {
    if (name != kBaseline) limit.metrics.push_back(name);
  }
  if (limit.metrics.size() == 1) limit.baseline = metric_in(baselines, limit.metrics.front());
  return limit;
}

Goals::Goals(const ExperimentSpec& spec) : objectives_(spec.objectives) {
  for (const std::string& text : spec.constraints.outcome) {
    limits_.push_back(OutcomeLimit::make(text, spec.constraints.baseline));
  }
  const bool in_turn = std::any_of(objectives_.begin(), objectives_.end(),
                                   [](const ObjectiveSpec& objective) { return objective.tolerance.has_value(); });
  if (!in_turn) return;
  for (const ObjectiveSpec& objective : objectives_) tolerances_.push_back(objective.tolerance.value_or(0));
}

std::vector<std::string> Goals::metrics() const {
  std::vector<std::string> names;
  for (const ObjectiveSpec& objective : objectives_) names.push_back(objective.metric);
  for (const OutcomeLimit& limit : limits_) {
    for (const std::string& metric : limit.metrics) {
      if (std::find(names.begin(), names.end(), metric) == names.end()) names.push_back(metric);
    }
  }
  return names;
}

double Goals::turned(std::size_t objective, double value) const {
  return objectives_[objective].goal == Goal::maximize ? -value : value;
}

std::optional<double> Goals::metric(const std::string& name, std::span<const TrialReport> curve,
                                    const std::map<std::string, double>& final_metrics) const {
  for (const ObjectiveSpec& objective : objectives_) {
    if (objective.metric == name) return value_of(curve, final_metrics, objective);
  }
  if (const auto value = metric_in(final_metrics, name)) return value;
  return newest(curve, name);
}

std::optional<std::vector<double>> Goals::violations(std::span<const TrialReport> curve,
                                                     const std::map<std::string, double>& final_metrics) const {
  std::vector<double> violations;
  for (const OutcomeLimit& limit : limits_) {
    const auto lookup = [&](const std::string& name) -> std::optional<ParamValue> {
      const auto value = name == kBaseline ? limit.baseline : metric(name, curve, final_metrics);
      return value ? std::optional<ParamValue>(*value) : std::nullopt;
    };
    try {
      const std::optional<ParamValue> excess = limit.excess.evaluate(lookup);
      if (!excess) return std::nullopt;
      violations.push_back(as_number(*excess));
    } catch (const Error&) {  // the logarithm of a negative loss and the like
      return std::nullopt;
    }
  }
  return violations;
}

std::optional<RungValue> Goals::score(std::span<const TrialReport> curve,
                                      const std::map<std::string, double>& final_metrics) const {
  RungValue score;
  for (std::size_t i = 0; i < objectives_.size(); ++i) {
    const std::optional<double> value = value_of(curve, final_metrics, objectives_[i]);
    if (!value) return std::nullopt;
    if (i == 0) {
      score.value = turned(i, *value);
    } else {
      score.others.push_back(turned(i, *value));
    }
  }
  if (limits_.empty()) return score;
  auto found = violations(curve, final_metrics);
  if (!found) return std::nullopt;
  score.violations = std::move(*found);
  return score;
}

void Goals::add_point(std::span<const TrialReport> curve, std::vector<RungValue>& points) const {
  const TrialReport& report = curve.back();
  // A report that says nothing of the objectives is no point of their curve.
  const bool says_something = std::any_of(objectives_.begin(), objectives_.end(), [&](const ObjectiveSpec& objective) {
    return report.metrics.count(objective.metric) > 0;
  });
  if (!says_something) return;
  RungValue point;
  point.budget = report.step;
  for (std::size_t i = 0; i < objectives_.size(); ++i) {
    // The best so far follows from the point before: a long curve is not gone through again for every report.
    const bool is_known = objectives_[i].from == "best" && !points.empty();
    const std::optional<double> value = value_of(is_known ? curve.last(1) : curve, {}, objectives_[i]);
    if (!value && !is_known) return;
    double turned_value = value ? turned(i, *value) : objective_in(points.back(), i);
    if (is_known) turned_value = std::min(turned_value, objective_in(points.back(), i));
    if (i == 0) {
      point.value = turned_value;
    } else {
      point.others.push_back(turned_value);
    }
  }
  if (auto found = violations(curve, {})) point.violations = std::move(*found);
  points.push_back(std::move(point));
}

double objective_in(const RungValue& score, std::size_t objective) {
  return objective == 0 ? score.value : score.others[objective - 1];
}

double total_violation(const RungValue& score) {
  double sum = 0;
  for (const double violation : score.violations) sum += std::max(0.0, violation);
  return sum;
}

bool is_feasible(const RungValue& score) { return total_violation(score) <= 0; }

}  // namespace hone
