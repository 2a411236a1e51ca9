#include "search/analysis/confirmation.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/statistics.h"
#include "search/analysis/student_t.h"

namespace hone {

namespace {

double squares_around(const std::vector<double>& values, double centre) {
  double sum = 0;
  for (const double value : values) sum += (value - centre) * (value - centre);
  return sum;
}

Interval around(double centre, double variance, double alpha, double degrees) {
  const double half = student_t_quantile(1 - alpha / 2, degrees) * std::sqrt(variance);
  return {centre - half, centre + half};
}

Confirmed estimate_alone(const Repeated& repeated, double alpha) {
  Confirmed confirmed;
  confirmed.trial = repeated.trial;
  confirmed.first = repeated.first;
  confirmed.repeats = static_cast<std::int64_t>(repeated.fresh.size());
  confirmed.mean = mean(repeated.fresh);
  confirmed.shrunk = confirmed.mean;
  const auto n = static_cast<double>(confirmed.repeats);
  if (n >= 2) {
    const double variance = squares_around(repeated.fresh, confirmed.mean) / (n - 1);
    confirmed.interval = around(confirmed.mean, variance / n, alpha, n - 1);
  }
  return confirmed;
}

/// Draws the means together; `variance` is that of one value, known with `degrees`.
void shrink(std::vector<Confirmed>& candidates, double variance, double degrees, double alpha) {
  double weights = 0;
  double squared_weights = 0;
  double weighted = 0;
  for (const Confirmed& candidate : candidates) {
    const auto n = static_cast<double>(candidate.repeats);
    weights += n;
    squared_weights += n * n;
    weighted += n * candidate.mean;
  }
  double spread = 0;
  for (const Confirmed& candidate : candidates) {
    const double away = candidate.mean - weighted / weights;
    spread += static_cast<double>(candidate.repeats) * away * away;
  }
  const auto others = static_cast<double>(candidates.size() - 1);
  const double scale = weights - squared_weights / weights;
  const double between = others > 0 ? std::max(0.0, (spread - others * variance) / scale) : 0;
  // Without noise there is nothing to correct; one candidate has nobody to be drawn to.
  const bool keeps_means = variance == 0 || candidates.size() == 1;

  double precision = 0;
  double centre = 0;
  for (const Confirmed& candidate : candidates) {
    const double of_mean = variance / static_cast<double>(candidate.repeats);
    if (keeps_means) continue;
    precision += 1 / (between + of_mean);
    centre += candidate.mean / (between + of_mean);
  }
  for (Confirmed& candidate : candidates) {
    const double of_mean = variance / static_cast<double>(candidate.repeats);
    double posterior = of_mean;
    if (!keeps_means) {
      const double kept = between / (between + of_mean);
      candidate.shrunk = kept * candidate.mean + (1 - kept) * centre / precision;
      posterior = kept * of_mean + (1 - kept) * (1 - kept) / precision;
    }
    candidate.shrunk_interval = around(candidate.shrunk, posterior, alpha, degrees);
  }
}

/// Smaller is better: what the rule compares, then the mean.
std::pair<double, double> rank_of(const Confirmed& candidate, bool maximize, bool by_bound) {
  const double bound = maximize ? candidate.shrunk_interval->low : candidate.shrunk_interval->high;
  const double value = by_bound ? bound : candidate.shrunk;
  return maximize ? std::pair(-value, -candidate.mean) : std::pair(value, candidate.mean);
}

}  // namespace

Confirmation confirm_statistics(const std::vector<Repeated>& repeated, bool maximize, const std::string& rule,
                                double alpha) {
  Confirmation result;
  double squares = 0;
  double degrees = 0;
  for (const Repeated& one : repeated) {
    if (one.fresh.empty()) continue;
    result.candidates.push_back(estimate_alone(one, alpha));
    squares += squares_around(one.fresh, result.candidates.back().mean);
    degrees += static_cast<double>(one.fresh.size() - 1);
  }
  if (degrees == 0) return result;
  shrink(result.candidates, squares / degrees, degrees, alpha);

  const bool by_bound = rule == "lower_bound";
  const Confirmed* best = nullptr;
  for (const Confirmed& candidate : result.candidates) {
    if (!candidate.interval) continue;
    if (best == nullptr || rank_of(candidate, maximize, by_bound) < rank_of(*best, maximize, by_bound)) {
      best = &candidate;
    }
  }
  if (best != nullptr) result.chosen = best->trial;
  return result;
}

}  // namespace hone
