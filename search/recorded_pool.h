#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "search/trial/search_space.h"
#include "search/trial/trial.h"

namespace hone {

/// A configuration that was trained once and what came of it.
struct RecordedRun {
  Params params;
  /// Step and value of the objective, in the user's direction, ascending in step; never empty unless it failed.
  std::vector<std::pair<double, double>> curve;
  /// It failed by its own doing after the last point of its curve.
  bool failed = false;
  /// Of one unit of budget.
  double pace = 1;
};

/// The recorded configurations of a study: what a simulated search may choose from (search.md §18). Immutable.
class RecordedPool {
 public:
  /// Of `trials` those that fit `space` and reported `metric`, each configuration once; reports after `whole` units are
  /// left out, 0 = none are.
  RecordedPool(const SearchSpace& space, const std::vector<Trial>& trials, const std::string& metric, double whole);

  std::span<const RecordedRun> runs() const { return runs_; }
  /// Units of the longest run.
  double whole() const { return whole_; }
  /// The units of budget cost what was recorded, not a second each.
  bool has_seconds() const { return has_seconds_; }
  /// Trials that are no configuration of the space.
  std::int64_t outside() const { return outside_; }
  /// Runs that ended before `whole`; their last value is held.
  std::int64_t cut() const;
  /// Some run has more than one point.
  bool has_curves() const;

  /// The run of exactly these parameters. They are of the pool.
  const RecordedRun& run_of(const Params& params) const;
  /// Value after so many units: that of the newest report up to there, else of the first; NaN where the run had failed.
  double value(const RecordedRun& run, double units) const;
  const SearchSpace& space() const { return space_; }

 private:
  void add(const Trial& trial, const std::string& metric, double whole);

  SearchSpace space_;
  std::vector<RecordedRun> runs_;
  /// By SearchSpace::key.
  std::unordered_map<std::string, std::size_t> index_;
  double whole_ = 0;
  bool has_seconds_ = true;
  std::int64_t outside_ = 0;
};

}  // namespace hone
