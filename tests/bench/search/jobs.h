#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/search/record.h"
#include "tests/bench/search/run.h"

namespace hone {

/// A search to be done and scored.
struct Job {
  /// In the results, "hone auto".
  std::string opponent;
  std::string problem;
  RunOptions options;
};

/// Runs those jobs that `path` does not hold yet, `threads` at a time, and appends their records: it can be interrupted
/// and goes on when called again. Says on stderr how far it is.
void run_jobs(const std::vector<Job>& jobs, const std::filesystem::path& path, std::size_t threads);

}  // namespace hone
