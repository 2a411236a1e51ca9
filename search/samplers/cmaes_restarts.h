#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/random.h"

namespace hone {

enum class CmaesRestarts { none, ipop, bipop };

/// How a run of CMA-ES begins.
struct CmaesRun {
  std::int64_t population = 0;
  /// Standard deviation of the first generation, on unit coordinates.
  double sigma = 0;
  /// One of BIPOP's runs with a doubled population.
  bool large = false;
  /// Trials after which it is given up.
  std::optional<std::int64_t> limit = {};
};

struct FinishedCmaesRun {
  CmaesRun run;
  std::int64_t trials = 0;
};

/// The run after these (at least one). IPOP doubles the population each time (Auger, Hansen 2005). BIPOP does so too
/// and between such runs makes small ones of random population and step, for as many trials in total, each at most
/// half as long as the last large run (Hansen 2009, "Benchmarking a BI-population CMA-ES").
CmaesRun next_run(CmaesRestarts restarts, const std::vector<FinishedCmaesRun>& finished, RandomStream& random);

}  // namespace hone
