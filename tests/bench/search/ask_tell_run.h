#pragma once

#include <filesystem>

#include "tests/bench/search/run.h"

namespace hone {

/// The same search as run_search with one worker, driven as a client in any language would: a `hone ask-tell` process
/// with lines of JSON on its stdin and stdout and a durable store in `folder`. Throws Error when the process does not
/// answer as it should.
Run run_through_ask_tell(const BenchmarkProblem& problem, const RunOptions& options, const std::filesystem::path& hone,
                         const std::filesystem::path& folder);

}  // namespace hone
