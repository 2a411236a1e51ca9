#include "tests/bench/problems/closed_forms.h"

#include <array>
#include <cmath>
#include <numbers>
#include <span>

#include "core/error.h"
#include "tests/bench/problems/raw_forms.h"
#include "tests/bench/problems/shapes.h"

namespace hone {
namespace {

using std::numbers::pi;

/// A function of a box with its best point, before the shift.
struct Form {
  std::string name;
  double low;
  double high;
  std::vector<double> best_point;
  double best_value;
  std::function<double(std::span<const double>)> value;
  /// Half the width, in units of the box, within which the optimum moves.
  double reach;
};

/// f(x − δ) on the same box, δ up to `reach` of the width and such that the optimum stays off centre and inside.
BenchmarkProblem shifted(const Form& form, std::int64_t instance) {
  const int n = static_cast<int>(form.best_point.size());
  const double width = form.high - form.low;
  RandomStream stream(static_cast<std::uint64_t>(instance), -1, "shift " + form.name);
  std::vector<double> shift(form.best_point.size(), 0.0);
  for (std::size_t i = 0; i < shift.size() && instance != 0; ++i) {
    const double unit = (form.best_point[i] - form.low) / width;
    const double low = std::max(0.05, unit - form.reach);
    const double high = std::min(0.95, unit + form.reach);
    shift[i] = (place_off_centre(stream, low, high, 0.05) - unit) * width;
  }
  BenchmarkProblem problem;
  problem.name = form.name + ":i" + std::to_string(instance);
  problem.space = float_box("x", n, form.low, form.high);
  problem.optimum = form.best_value;
  problem.evaluate = [space = problem.space, shift, value = form.value](const Params& params) {
    std::vector<double> point = point_of(space, params);
    for (std::size_t i = 0; i < point.size(); ++i) point[i] -= shift[i];
    return std::vector<double>{value(point)};
  };
  return problem;
}

}  // namespace

// The literature's box of Branin is [−5, 10] × [0, 15]: both axes are 15 wide, so that one box serves after moving x1.
BenchmarkProblem make_branin(std::int64_t instance) {
  const auto value = [](std::span<const double> x) { return raw_branin(x[0] - 5, x[1]); };
  return shifted({"branin", 0, 15, {pi + 5, 2.275}, kBraninBest, value, 0.15}, instance);
}

BenchmarkProblem make_hartmann(int dimension, std::int64_t instance) {
  if (dimension == 3)
    return shifted({"hartmann3", 0, 1, kHartmann3Point, kHartmann3Best, raw_hartmann3, 0.15}, instance);
  if (dimension == 6)
    return shifted({"hartmann6", 0, 1, kHartmann6Point, kHartmann6Best, raw_hartmann6, 0.15}, instance);
  throw Error("bench::unknown-problem", "hartmann has 3 or 6 dimensions (is " + std::to_string(dimension) + ")");
}

BenchmarkProblem make_rastrigin(int dimension, std::int64_t instance) {
  return shifted({"rastrigin" + std::to_string(dimension), -5.12, 5.12, std::vector<double>(dimension, 0.0), 0,
                  raw_rastrigin, 0.4},
                 instance);
}

BenchmarkProblem make_ackley(int dimension, std::int64_t instance) {
  return shifted(
      {"ackley" + std::to_string(dimension), -32.768, 32.768, std::vector<double>(dimension, 0.0), 0, raw_ackley, 0.4},
      instance);
}

BenchmarkProblem make_levy(int dimension, std::int64_t instance) {
  return shifted({"levy" + std::to_string(dimension), -10, 10, std::vector<double>(dimension, 1.0), 0, raw_levy, 0.3},
                 instance);
}

}  // namespace hone
