#include "search/recorded_pool.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/objective.h"
#include "search/trial/adopt.h"

namespace hone {
namespace {

/// Ends that another try of the same configuration would not meet.
bool is_accident(const Trial& trial) {
  switch (trial.failure) {
    case FailureClass::preempted:
    case FailureClass::lost:
    case FailureClass::hardware:
    case FailureClass::disk_full:
    case FailureClass::usage:
    case FailureClass::environment:
    case FailureClass::cancelled:
      return true;
    default:
      return false;
  }
}

std::vector<std::pair<double, double>> curve_of(const Trial& trial, const std::string& metric, double whole) {
  std::vector<std::pair<double, double>> curve;
  for (const TrialReport& report : trial.curve) {
    const auto found = report.metrics.find(metric);
    const bool is_late = whole > 0 && report.step > whole;
    if (found == report.metrics.end() || is_late || !std::isfinite(found->second)) continue;
    curve.emplace_back(report.step, found->second);
  }
  const auto final = trial.final_metrics.find(metric);
  if (final == trial.final_metrics.end() || !std::isfinite(final->second)) return curve;
  if (curve.empty()) return {{std::max(trial.budget, 1.0), final->second}};
  // A final line says what the model is worth after its last step.
  const bool has_whole_curve = curve.back().first == trial.curve.back().step;
  if (has_whole_curve) curve.back().second = final->second;
  return curve;
}

}  // namespace

RecordedPool::RecordedPool(const SearchSpace& space, const std::vector<Trial>& trials, const std::string& metric,
                           double whole)
    : space_(space) {
  for (const Trial& trial : trials) add(trial, metric, whole);
  for (const RecordedRun& run : runs_) {
    if (!run.curve.empty()) whole_ = std::max(whole_, run.curve.back().first);
  }
  if (whole > 0) whole_ = whole;
  if (has_seconds_) return;
  for (RecordedRun& run : runs_) run.pace = 1;
}

void RecordedPool::add(const Trial& trial, const std::string& metric, double whole) {
  if (!is_of_the_search(trial.origin)) return;
  RecordedRun run;
  run.failed = trial.state == TrialState::failed && !is_accident(trial);
  run.curve = curve_of(trial, metric, whole);
  if (run.curve.empty() && !run.failed) return;
  const Adopted found = adopted(space_, trial.params, {});
  if (!found.params) {
    ++outside_;
    return;
  }
  run.params = *found.params;
  const double units = trial.curve.empty() ? std::max(trial.budget, 1.0) : trial.curve.back().step;
  run.pace = trial.seconds / std::max(units, 1.0);
  if (!index_.emplace(space_.key(run.params), runs_.size()).second) return;
  has_seconds_ = has_seconds_ && trial.seconds > 0;
  runs_.push_back(std::move(run));
}

std::int64_t RecordedPool::cut() const {
  return std::count_if(runs_.begin(), runs_.end(),
                       [this](const RecordedRun& run) { return !run.failed && run.curve.back().first < whole_; });
}

bool RecordedPool::has_curves() const {
  return std::any_of(runs_.begin(), runs_.end(), [](const RecordedRun& run) { return run.curve.size() > 1; });
}

const RecordedRun& RecordedPool::run_of(const Params& params) const { return runs_[index_.at(space_.key(params))]; }

double RecordedPool::value(const RecordedRun& run, double units) const {
  const auto after = std::upper_bound(run.curve.begin(), run.curve.end(), units,
                                      [](double wanted, const auto& point) { return wanted < point.first; });
  if (run.failed && after == run.curve.end() && (run.curve.empty() || units > run.curve.back().first)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return after == run.curve.begin() ? after->second : std::prev(after)->second;
}

}  // namespace hone
