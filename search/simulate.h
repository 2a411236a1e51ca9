#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "search/recorded_pool.h"

namespace hone {

/// How a search is to be made.
struct SimulationSetting {
  std::string scheduler = "auto";
  std::string sampler = "auto";
  int slots = 1;
};

/// A mean over repeats and half the width of its 95 % interval.
struct SimulatedMean {
  double mean = 0;
  double half_width = 0;
};

/// What was missed after a share of the slot-hours.
struct SimulatedRegret {
  double share = 1;
  /// Best value seen − best recorded, in the objective's unit: ≥ 0 in either direction.
  SimulatedMean regret;
  /// The same with the pool's median as 1.
  SimulatedMean normalised;
};

/// Searches a pool of recorded configurations as a study would have: the real Study, samplers, schedulers and driver,
/// with the recorded curves replayed on a simulated clock (search.md §18). All of it follows from the spec's seed.
///
/// The score of a moment is the best value seen by then at any step; before the first, and when worse, that of the
/// pool's median run: what a blind pick gives.
class Simulation {
 public:
  /// `spec` has one objective and no outcome constraints, `space` is its space. Throws Error("study::no-curves") when
  /// fewer than three trials can be replayed, Error("study::cannot-simulate") for other goals. `trials`: how many whole
  /// runs of mean length the slot-hours pay for; 0 = a quarter of the pool, at most 100.
  Simulation(const ExperimentSpec& spec, const std::vector<Trial>& recorded, std::int64_t trials);

  /// Throws Error("study::cannot-simulate") for a scheduler with rungs where the study has no fidelity or no curves.
  void check(const SimulationSetting& setting) const;
  /// Regret after each of `shares` of the slot-hours, in the unit of the objective, in the search with this number.
  std::vector<double> regrets(const SimulationSetting& setting, const std::vector<double>& shares,
                              std::int64_t repeat) const;
  /// Over repeats 0 … n−1, n ≥ 3; `on_repeat` hears of each.
  std::vector<SimulatedRegret> run(const SimulationSetting& setting, const std::vector<double>& shares,
                                   std::int64_t repeats, const std::function<void()>& on_repeat = {}) const;

  const RecordedPool& pool() const { return pool_; }
  std::int64_t trials() const { return trials_; }
  /// All slots together.
  double slot_seconds() const { return slot_seconds_; }
  /// The best recorded value and that of the median run, in the user's direction.
  double best() const;
  double median() const;

 private:
  /// The spec of one simulated search.
  ExperimentSpec spec_of(const SimulationSetting& setting, std::int64_t repeat) const;

  ExperimentSpec spec_;
  SearchSpace space_;
  RecordedPool pool_;
  std::int64_t trials_ = 0;
  double slot_seconds_ = 0;
  /// Minimised.
  double best_ = 0;
  double median_ = 0;
};

}  // namespace hone
