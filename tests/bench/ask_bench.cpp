// Measures the samplers alone, without store or processes, one thread, in seconds of the processor:
//   latency KIND [D] [N...]   mean ask time in ms over the asks n−50 … n+50 of a run on a noisy bowl in D dimensions
//   errors KIND [SEEDS]       median error after 100 trials on closed forms
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include "core/statistics.h"
#include "search/registry.h"

namespace hone {
namespace {

using Point = std::vector<double>;
using Function = std::function<double(const Point&)>;

struct Problem {
  std::string name;
  std::vector<std::pair<double, double>> box;
  /// Zero at the optimum.
  Function error;
};

double branin(const Point& x) {
  constexpr double kPi = std::numbers::pi;
  const double a = x[1] - 5.1 / (4 * kPi * kPi) * x[0] * x[0] + 5 / kPi * x[0] - 6;
  return a * a + 10 * (1 - 1 / (8 * kPi)) * std::cos(x[0]) + 10 - 0.39788735772973816;
}

double hartmann(const Point& x, const std::vector<Point>& a, const std::vector<Point>& p, double optimum) {
  constexpr double kAlpha[] = {1.0, 1.2, 3.0, 3.2};
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    double inner = 0;
    for (std::size_t j = 0; j < x.size(); ++j) inner += a[i][j] * (x[j] - p[i][j]) * (x[j] - p[i][j]);
    sum -= kAlpha[i] * std::exp(-inner);
  }
  return sum - optimum;
}

double hartmann3(const Point& x) {
  return hartmann(
      x, {{3, 10, 30}, {0.1, 10, 35}, {3, 10, 30}, {0.1, 10, 35}},
      {{0.3689, 0.1170, 0.2673}, {0.4699, 0.4387, 0.7470}, {0.1091, 0.8732, 0.5547}, {0.0381, 0.5743, 0.8828}},
      -3.862782147820756);
}

double hartmann6(const Point& x) {
  return hartmann(
      x, {{10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}},
      {{0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
       {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
       {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
       {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}},
      -3.322368011415515);
}

double shifted_rastrigin(const Point& x) {
  constexpr double kShift[] = {1.3, -2.1, 0.7, 2.9};
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double z = x[i] - kShift[i % 4];
    sum += z * z + 10 - 10 * std::cos(2 * std::numbers::pi * z);
  }
  return sum;
}

std::vector<Problem> problems() {
  using Box = std::vector<std::pair<double, double>>;
  return {{"branin", {{-5, 10}, {0, 15}}, branin},
          {"hartmann-3", Box(3, {0, 1}), hartmann3},
          {"hartmann-6", Box(6, {0, 1}), hartmann6},
          {"rastrigin-4", Box(4, {-5, 5}), shifted_rastrigin}};
}

ExperimentSpec spec_of(const std::string& kind, const Problem& problem, std::uint64_t seed) {
  ExperimentSpec spec;
  spec.study.seed = static_cast<std::int64_t>(seed);
  spec.sampler.kind = kind;
  for (std::size_t i = 0; i < problem.box.size(); ++i) {
    ParameterSpec parameter;
    parameter.name = fmt::format("x{}", i);
    parameter.low = problem.box[i].first;
    parameter.high = problem.box[i].second;
    spec.space.push_back(parameter);
  }
  return spec;
}

/// Of the processor: an ask waits for nothing, and other programs do not count.
double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Values of `trials` trials asked and told in turn, and the seconds of each ask.
struct Run {
  std::vector<double> values;
  std::vector<double> seconds;
};
Run run(const std::string& kind, const Problem& problem, int trials, std::uint64_t seed) {
  const ExperimentSpec spec = spec_of(kind, problem, seed);
  const SearchSpace space(spec.space, {});
  const auto sampler = make_sampler(spec);
  History history;
  history.generation = 0;
  Run result;
  for (std::int64_t id = 0; id < trials; ++id) {
    RandomStream random(seed, id, "sampler");
    const double begin = thread_seconds();
    const auto suggestion = sampler->suggest(space, history, id, random);
    result.seconds.push_back(thread_seconds() - begin);
    Point point;
    for (const ParameterSpec& parameter : spec.space) point.push_back(as_number(suggestion->params.at(parameter.name)));
    HistoryTrial trial;
    trial.id = id;
    trial.params = suggestion->params;
    trial.notes = suggestion->notes;
    trial.state = TrialState::completed;
    trial.value = problem.error(point);
    trial.curve = trial.rungs = {{0, *trial.value}};
    result.values.push_back(*trial.value);
    history.trials.push_back(std::move(trial));
  }
  return result;
}

void print_errors(const std::string& kind, int seeds) {
  for (const Problem& problem : problems()) {
    std::vector<double> errors;
    double seconds = 0;
    for (int seed = 1; seed <= seeds; ++seed) {
      const Run result = run(kind, problem, 100, static_cast<std::uint64_t>(seed));
      errors.push_back(*std::min_element(result.values.begin(), result.values.end()));
      for (const double ask : result.seconds) seconds += ask;
    }
    fmt::print("{:12} {:12} median error {:.2e}, quartiles {:.1e} {:.1e}, {:.2f} s a run\n", kind, problem.name,
               median(errors), quantile(errors, 0.25), quantile(errors, 0.75), seconds / seeds);
  }
}

void print_latency(const std::string& kind, std::size_t dimensions, const std::vector<int>& sizes) {
  Problem bowl = {"bowl", std::vector<std::pair<double, double>>(dimensions, {0, 1}), {}};
  RandomStream noise(7, -1, "noise");
  bowl.error = [&](const Point& x) {
    double sum = 0.01 * noise.normal();
    for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - 0.3) * (x[i] - 0.3) * (1 + static_cast<double>(i));
    return sum;
  };
  const Run result = run(kind, bowl, *std::max_element(sizes.begin(), sizes.end()) + 50, 1);
  for (const int size : sizes) {
    const auto middle = result.seconds.begin() + size;
    const std::vector<double> seconds(middle - 50, middle + 50);
    fmt::print("{:12} D = {}, n = {}: {:.2f} ms an ask, half of them within {:.2f}, all within {:.2f}\n", kind,
               dimensions, size, mean(seconds) * 1e3, median(seconds) * 1e3, quantile(seconds, 1) * 1e3);
  }
}

}  // namespace
}  // namespace hone

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() >= 2 && words[0] == "errors") {
    hone::print_errors(words[1], words.size() > 2 ? std::stoi(words[2]) : 10);
    return 0;
  }
  if (words.size() >= 2 && words[0] == "latency") {
    std::vector<int> sizes;
    for (std::size_t i = 3; i < words.size(); ++i) sizes.push_back(std::stoi(words[i]));
    if (sizes.empty()) sizes = {100, 200, 500};
    hone::print_latency(words[1], words.size() > 2 ? std::stoul(words[2]) : 10, sizes);
    return 0;
  }
  fmt::print(stderr, "usage: ask_bench latency KIND [D] [N...] | ask_bench errors KIND [SEEDS]\n");
  return 2;
}
