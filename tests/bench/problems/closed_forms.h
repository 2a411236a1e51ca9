#pragma once

#include <cstdint>

#include "tests/bench/problems/problem.h"

namespace hone {

/// Closed forms of the literature, each moved by an instance's shift so that no optimum lies at the centre of its box:
/// coordinates of the optimum keep 5 % of the width from the centre and the ends. Instance 0 is the literature's, not
/// moved. Values are errors plus `optimum`.
BenchmarkProblem make_branin(std::int64_t instance);
/// `dimension` 3 or 6.
BenchmarkProblem make_hartmann(int dimension, std::int64_t instance);
BenchmarkProblem make_rastrigin(int dimension, std::int64_t instance);
BenchmarkProblem make_ackley(int dimension, std::int64_t instance);
BenchmarkProblem make_levy(int dimension, std::int64_t instance);

/// Category `kind` chooses Branin (x1, x2), Hartmann-3 (x1, y1, y2) half a unit worse at its best, or Rastrigin-2
/// (x1, w); the other branches' parameters are inactive. Best value 0.
BenchmarkProblem make_conditional(std::int64_t instance);

/// ZDT1, 2, 3 (Zitzler, Deb, Thiele 2000) with distance variables |x − s| / max(s, 1 − s) in place of x.
BenchmarkProblem make_zdt(int number, int dimension, std::int64_t instance);
/// DTLZ2 (Deb et al. 2002) with two objectives and the distance measured from an instance's place in place of ½.
BenchmarkProblem make_dtlz2(int dimension, std::int64_t instance);

/// The functions of BBOB (Hansen, Finck, Ros, Auger 2009, "Real-parameter black-box optimization benchmarking"),
/// own rotations and optima by `instance`: comparable with COCO's archives in distribution only. Value 0 at the
/// optimum. Throws Error("bench::unknown-problem") unless 1 ≤ function ≤ 24 and 2 ≤ dimension ≤ 100.
BenchmarkProblem make_bbob(int function, int dimension, std::int64_t instance);

}  // namespace hone
