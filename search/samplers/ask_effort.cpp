#include "search/samplers/ask_effort.h"

#include <algorithm>
#include <vector>

#include "core/statistics.h"

namespace hone {
namespace {

/// Less is never worth a weaker model: a process takes longer to start.
constexpr double kUnnoticed = 0.25;
constexpr std::size_t kMinTrials = 5;

// Seconds of a whole ask: kOnce + kPair·n·D + kSquare·n², within 6 % of `ask_bench latency gp 10 100 200 500 1000`
// (4.2, 8.2, 27 and 85 ms on one core of a Xeon with AVX-512).
constexpr double kOnce = 1e-3;
constexpr double kPair = 2.5e-6;
constexpr double kSquare = 6e-8;
/// Share of it that is left when a quarter of the points are looked at: the fit and the refinement stay.
constexpr double kWithoutMostPoints = 0.75;

}  // namespace

std::string_view name_of(AskEffort effort) {
  switch (effort) {
    case AskEffort::full:
      return "full";
    case AskEffort::fewer_points:
      return "fewer-points";
    case AskEffort::part_of_values:
      return "part-of-values";
    case AskEffort::ranks_only:
      return "ranks-only";
  }
  return "";
}

double modelled_ask_seconds(AskEffort effort, std::size_t values, std::size_t dimensions, std::size_t models) {
  if (effort == AskEffort::ranks_only) return 0;
  if (effort == AskEffort::part_of_values) values = std::min(values, kPartOfValues);
  const auto n = static_cast<double>(values);
  const double whole = kOnce + kPair * n * static_cast<double>(dimensions) + kSquare * n * n;
  return static_cast<double>(models) * (effort == AskEffort::full ? whole : kWithoutMostPoints * whole);
}

AskEffort affordable_effort(const std::optional<double>& limit, std::size_t values, std::size_t dimensions,
                            std::size_t models) {
  if (!limit) return AskEffort::full;
  for (const AskEffort effort : {AskEffort::full, AskEffort::fewer_points, AskEffort::part_of_values}) {
    if (modelled_ask_seconds(effort, values, dimensions, models) <= std::max(*limit, kUnnoticed)) return effort;
  }
  return AskEffort::ranks_only;
}

std::optional<double> median_trial_seconds(const History& history) {
  std::vector<double> seconds;
  for (const HistoryTrial& trial : history.trials) {
    if (trial.seconds) seconds.push_back(*trial.seconds);
  }
  if (seconds.size() < kMinTrials) return std::nullopt;
  return median(seconds);
}

}  // namespace hone
