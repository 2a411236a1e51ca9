#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "tests/bench/problems/problem.h"

namespace hone {

/// How a problem is searched.
struct RunOptions {
  std::string sampler = "auto";
  std::int64_t trials = 100;
  std::int64_t seed = 0;
  /// Trials at once. With more than one a trial takes a time drawn from lognormal(0, 1), keyed by seed and
  /// configuration: the clock is that of a discrete-event simulation, nothing waits.
  std::size_t workers = 1;
  OptionValues options = {};
};

/// One finished trial.
struct RunTrial {
  std::int64_t id = 0;
  Params params;
  /// What the sampler was told and what is true, one an objective, in the problem's direction.
  std::vector<double> told;
  std::vector<double> truth;
};

/// A search from start to end; fewer trials than asked for when the space is exhausted.
struct Run {
  /// In the order in which they finished.
  std::vector<RunTrial> trials;
  /// Processor time of this thread.
  double seconds = 0;
};

/// The spec of such a study: the problem's space and goals and nothing that opponents are not told.
ExperimentSpec spec_of(const BenchmarkProblem& problem, const RunOptions& options);

/// Runs a real study (search/study.h) over a store that keeps nothing.
Run run_search(const BenchmarkProblem& problem, const RunOptions& options);

}  // namespace hone
