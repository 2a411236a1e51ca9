#include <cmath>
#include <numbers>

#include "tests/bench/problems/closed_forms.h"
#include "tests/bench/problems/raw_forms.h"
#include "tests/bench/problems/shapes.h"

namespace hone {
namespace {

ParameterSpec when(ParameterSpec parameter, const std::string& kind) {
  parameter.when = "kind == '" + kind + "'";
  return parameter;
}

double number(const Params& params, const char* name) { return as_number(params.at(name)); }

}  // namespace

// All numeric axes are [0, 1]; a branch's function is reached by its own scale and shift.
BenchmarkProblem make_conditional(std::int64_t instance) {
  RandomStream stream(static_cast<std::uint64_t>(instance), -1, "shift conditional");
  std::vector<double> shift;
  for (int i = 0; i < 5; ++i) shift.push_back(stream.uniform(-0.1, 0.1));
  const std::vector<double> bottom = {place_off_centre(stream, 0.1, 0.9, 0.05),
                                      place_off_centre(stream, 0.1, 0.9, 0.05)};
  BenchmarkProblem problem;
  problem.name = "conditional:i" + std::to_string(instance);
  ParameterSpec kind;
  kind.name = "kind";
  kind.type = ParameterType::categorical;
  kind.choices = {std::string("branin"), std::string("hartmann"), std::string("rastrigin")};
  problem.space = {kind,
                   float_axis("x1", 0, 1),
                   when(float_axis("x2", 0, 1), "branin"),
                   when(float_axis("y1", 0, 1), "hartmann"),
                   when(float_axis("y2", 0, 1), "hartmann"),
                   when(float_axis("w", 0, 1), "rastrigin")};
  problem.evaluate = [shift, bottom](const Params& params) -> std::vector<double> {
    const std::string& branch = std::get<std::string>(params.at("kind"));
    const double x1 = number(params, "x1");
    if (branch == "branin") {
      return {raw_branin(15 * (x1 - shift[0]) - 5, 15 * (number(params, "x2") - shift[1])) - kBraninBest};
    }
    if (branch == "hartmann") {
      const std::vector<double> x = {x1 - shift[2], number(params, "y1") - shift[3], number(params, "y2") - shift[4]};
      return {raw_hartmann3(x) - kHartmann3Best + 0.5};
    }
    const std::vector<double> z = {10.24 * (x1 - bottom[0]), 10.24 * (number(params, "w") - bottom[1])};
    return {raw_rastrigin(z)};
  };
  return problem;
}

}  // namespace hone
