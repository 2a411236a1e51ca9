#include <algorithm>

#include "tests/bench/problems/problem.h"

namespace hone {

double regret(const BenchmarkProblem& problem, double value) {
  const double worse = problem.goals.front() == Goal::minimize ? value - problem.optimum : problem.optimum - value;
  return std::max(0.0, worse) / problem.scale;
}

std::optional<double> share_better(const BenchmarkProblem& problem, double value) {
  if (problem.ranked_values.empty()) return std::nullopt;
  const auto first_not_better =
      std::lower_bound(problem.ranked_values.begin(), problem.ranked_values.end(), value,
                       [&](double known, double wanted) { return is_better(problem.goals.front(), known, wanted); });
  return static_cast<double>(first_not_better - problem.ranked_values.begin()) /
         static_cast<double>(problem.ranked_values.size());
}

double hypervolume_share(const BenchmarkProblem& problem, const std::vector<std::array<double, 2>>& points) {
  std::vector<std::array<double, 2>> inside;
  for (const auto& point : points) {
    if (point[0] < problem.reference[0] && point[1] < problem.reference[1]) inside.push_back(point);
  }
  std::sort(inside.begin(), inside.end());
  double area = 0;
  double lowest = problem.reference[1];
  for (const auto& [first, second] : inside) {
    if (second >= lowest) continue;
    area += (problem.reference[0] - first) * (lowest - second);
    lowest = second;
  }
  return area / problem.optimum;
}

}  // namespace hone
