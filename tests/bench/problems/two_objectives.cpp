#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/error.h"
#include "tests/bench/problems/closed_forms.h"
#include "tests/bench/problems/shapes.h"

namespace hone {
namespace {

using std::numbers::pi;

/// Places of the distance variables x2 … xn: the literature's one for instance 0, else off the centre and the ends.
std::vector<double> places(const std::string& name, int dimension, std::int64_t instance, double literature) {
  if (instance == 0) return std::vector<double>(static_cast<std::size_t>(dimension) - 1, literature);
  RandomStream stream(static_cast<std::uint64_t>(instance), -1, "shift " + name);
  std::vector<double> result;
  for (int i = 1; i < dimension; ++i) result.push_back(place_off_centre(stream, 0.1, 0.9, 0.1));
  return result;
}

BenchmarkProblem two_objectives(const std::string& name, int dimension, std::int64_t instance) {
  if (dimension < 2) throw Error("bench::unknown-problem", name + " needs 2 dimensions or more");
  BenchmarkProblem problem;
  problem.name = name + ":d" + std::to_string(dimension) + ":i" + std::to_string(instance);
  problem.space = float_box("x", dimension, 0, 1);
  problem.goals = {Goal::minimize, Goal::minimize};
  return problem;
}

double zdt_second(int number, double f1, double g) {
  const double ratio = f1 / g;
  if (number == 1) return g * (1 - std::sqrt(ratio));
  if (number == 2) return g * (1 - ratio * ratio);
  return g * (1 - std::sqrt(ratio) - ratio * std::sin(10 * pi * f1));
}

/// Area under (1.1, 1.1) of ZDT3's front: its five pieces are integrated, the steps between them are flat.
double zdt3_area() {
  constexpr double kPieces[5][2] = {{0, 0.0830015349},
                                    {0.1822287280, 0.2577623634},
                                    {0.4093136748, 0.4538821041},
                                    {0.6183967944, 0.6525117038},
                                    {0.8233317983, 0.8518328654}};
  const auto integral = [](double f) {  // of 1 − √f − f sin 10πf
    return f - std::pow(f, 1.5) * 2 / 3 + f * std::cos(10 * pi * f) / (10 * pi) -
           std::sin(10 * pi * f) / (100 * pi * pi);
  };
  double below = 0;
  for (int piece = 0; piece < 5; ++piece) {
    const auto [start, end] = kPieces[piece];
    const double next = piece < 4 ? kPieces[piece + 1][0] : 1.1;
    below += integral(end) - integral(start) + (next - end) * zdt_second(3, end, 1);
  }
  return 1.1 * 1.1 - below;
}

}  // namespace

BenchmarkProblem make_zdt(int number, int dimension, std::int64_t instance) {
  const std::string name = "zdt" + std::to_string(number);
  BenchmarkProblem problem = two_objectives(name, dimension, instance);
  if (number == 1) {
    problem.optimum = 0.1 + 2.0 / 3 + 0.11;
  } else if (number == 2) {
    problem.optimum = 0.1 + 1.0 / 3 + 0.11;
  } else if (number == 3) {
    problem.optimum = zdt3_area();
  } else {
    throw Error("bench::unknown-problem", "`" + name + "` is none of zdt1, zdt2, zdt3");
  }
  problem.evaluate = [number, space = problem.space,
                      place = places(name, dimension, instance, 0)](const Params& params) {
    const std::vector<double> x = point_of(space, params);
    double distance = 0;
    for (std::size_t i = 0; i < place.size(); ++i) {
      distance += std::abs(x[i + 1] - place[i]) / std::max(place[i], 1 - place[i]);
    }
    const double g = 1 + 9 * distance / static_cast<double>(place.size());
    return std::vector<double>{x[0], zdt_second(number, x[0], g)};
  };
  return problem;
}

BenchmarkProblem make_dtlz2(int dimension, std::int64_t instance) {
  BenchmarkProblem problem = two_objectives("dtlz2", dimension, instance);
  problem.optimum = 1.1 * 1.1 - pi / 4;
  problem.evaluate = [space = problem.space, place = places("dtlz2", dimension, instance, 0.5)](const Params& params) {
    const std::vector<double> x = point_of(space, params);
    double g = 0;
    for (std::size_t i = 0; i < place.size(); ++i) g += (x[i + 1] - place[i]) * (x[i + 1] - place[i]);
    return std::vector<double>{(1 + g) * std::cos(x[0] * pi / 2), (1 + g) * std::sin(x[0] * pi / 2)};
  };
  return problem;
}

}  // namespace hone
