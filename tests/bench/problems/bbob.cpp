#include "core/error.h"
#include "tests/bench/problems/bbob_functions.h"
#include "tests/bench/problems/closed_forms.h"
#include "tests/bench/problems/shapes.h"

namespace hone {

BenchmarkProblem make_bbob(int function, int dimension, std::int64_t instance) {
  const std::string name = "bbob:f" + std::to_string(function) + ":d" + std::to_string(dimension);
  if (function < 1 || function > 24 || dimension < 2 || dimension > 100) {
    throw Error("bench::unknown-problem", "`" + name + "` must be f1 … f24 in 2 … 100 dimensions");
  }
  const auto n = static_cast<std::size_t>(dimension);
  const bbob::Instance made = bbob::make_instance(function, n, static_cast<std::uint64_t>(instance));
  const bbob::Function value = function <= 5                      ? bbob::separable(function, made)
                               : function <= 9                    ? bbob::moderate(function, made)
                               : function <= 14                   ? bbob::conditioned(function, made)
                               : function <= 19                   ? bbob::multimodal(function, made)
                               : function == 21 || function == 22 ? bbob::gallagher(function, made)
                                                                  : bbob::weak_structure(function, made);
  BenchmarkProblem problem;
  problem.name = name + ":i" + std::to_string(instance);
  problem.space = float_box("x", dimension, -5, 5);
  problem.evaluate = [space = problem.space, value](const Params& params) {
    return std::vector<double>{value(point_of(space, params))};
  };
  return problem;
}

}  // namespace hone
