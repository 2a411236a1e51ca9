#include "search/analysis/best_so_far.h"

namespace hone {

std::optional<BestSoFar> best_so_far(const std::vector<FinishedTrial>& finished, bool maximize,
                                     std::optional<double> target) {
  if (finished.empty()) return std::nullopt;
  const auto better = [&](double a, double b) { return maximize ? a > b : a < b; };
  BestSoFar result;
  double sum = 0;
  std::int64_t trials = 0;
  for (const FinishedTrial& trial : finished) {
    ++trials;
    if (result.improvements.empty() || better(trial.value, result.improvements.back().trial.value)) {
      result.improvements.push_back({trial, trials});
      const bool reaches = target && !better(*target, trial.value);
      if (reaches && !result.reached_target) result.reached_target = result.improvements.back();
    }
    sum += result.improvements.back().trial.value;
  }
  result.area = sum / static_cast<double>(trials);
  return result;
}

}  // namespace hone
