#pragma once

#include <filesystem>

#include "tests/bench/problems/problem.h"

namespace hone {

/// An exhaustively evaluated space from an HDF5 file (data README: `objective` [levels…, seeds], `parameters`). A value
/// is the mean over the seeds that are there. `observe` gives one seed's value when `noisy`. Ordinal axes become
/// ordinal parameters of their levels, the others categorical ones.
BenchmarkProblem load_table(const std::filesystem::path& path, bool noisy);

}  // namespace hone
