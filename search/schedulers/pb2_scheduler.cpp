#include "search/schedulers/pb2_scheduler.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "search/schedulers/improvement_model.h"
#include "search/schedulers/perturbation.h"

namespace hone {
namespace {

constexpr Field<Pb2Options> kFields[] = {
    {"population", &Pb2Options::population, {.low = 4}, "trials that are trained side by side"},
    {"interval",
     &Pb2Options::interval,
     {.low = 0, .above_low = true},
     "units of budget between two looks; default: [fidelity] min, else a tenth of max"},
    {"quantile",
     &Pb2Options::quantile,
     {.low = 0, .high = 0.5, .above_low = true},
     "share of the population that gives its places to copies of as large a share"},
};

/// Chance that a copy draws a parameter without order anew.
constexpr double kResample = 0.25;
constexpr std::size_t kMinKnown = 2;
constexpr int kCandidates = 1000;
/// Share of the candidates that are near the best one so far, and how near.
constexpr int kLocal = 3;
constexpr double kWidth = 0.05;

bool is_number(const SpaceParameter& parameter) { return !parameter.is_unordered() && parameter.levels != 1; }

/// Unit coordinates of the numbers; the middle for an inactive one.
std::vector<double> numbers_of(const SearchSpace& space, const Params& params) {
  const std::vector<std::optional<double>> unit = space.encode(params);
  std::vector<double> numbers;
  for (std::size_t i = 0; i < unit.size(); ++i) {
    if (is_number(space.parameters()[i])) numbers.push_back(unit[i].value_or(0.5));
  }
  return numbers;
}

/// `params` with other numbers.
Params with_numbers(const SearchSpace& space, const Params& params, const std::vector<double>& numbers) {
  const std::vector<std::optional<double>> known = space.encode(params);
  std::vector<double> unit;
  auto number = numbers.begin();
  for (std::size_t i = 0; i < known.size(); ++i) {
    unit.push_back(is_number(space.parameters()[i]) ? *number++ : known[i].value_or(0.5));
  }
  return space.decode(unit);
}

/// What each trial gained from rung to rung; of its first stretch a copy knows where its parent stood.
std::vector<Improvement> improvements(const SearchSpace& space, const History& history,
                                      const std::vector<double>& rungs) {
  std::vector<Improvement> list;
  for (const HistoryTrial& trial : history.trials) {
    if (!trial.teaches) continue;
    std::vector<RungValue> stood = trial.rungs;
    if (trial.copy_of && !stood.empty()) {
      const HistoryTrial& parent = history.trials.at(static_cast<std::size_t>(trial.copy_of->parent));
      const auto before = std::find_if(parent.rungs.rbegin(), parent.rungs.rend(),
                                       [&](const RungValue& rung) { return rung.budget < stood.front().budget; });
      if (before != parent.rungs.rend()) stood.insert(stood.begin(), *before);
    }
    for (std::size_t k = 1; k < stood.size(); ++k) {
      const auto rung = std::lower_bound(rungs.begin(), rungs.end(), stood[k].budget);
      list.push_back({numbers_of(space, trial.params), static_cast<double>(rung - rungs.begin()),
                      stood[k - 1].value - stood[k].value});
    }
  }
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
  return list;
}

}  // namespace

std::span<const Field<Pb2Options>> pb2_fields() { return kFields; }

Params Pb2Scheduler::explored(const SearchSpace& space, const History& history, const PopulationStep::Vacancy& vacancy,
                              const HistoryTrial& parent, RandomStream& random) const {
  Params params = perturbed(space, parent.params, kResample, random);
  std::vector<Improvement> known = improvements(space, history, rules().rungs);
  const std::vector<double> start = numbers_of(space, parent.params);
  if (known.size() < kMinKnown || start.empty()) return params;

  std::vector<std::vector<double>> pending;
  for (const HistoryTrial& trial : history.trials) {
    const bool runs = trial.state == TrialState::running || trial.state == TrialState::waiting;
    if (trial.teaches && runs) pending.push_back(numbers_of(space, trial.params));
  }
  const auto rungs = rules().rungs;
  const auto time = std::lower_bound(rungs.begin(), rungs.end(), vacancy.next) - rungs.begin();
  const ImprovementModel model(std::move(known), pending, static_cast<double>(time));

  std::vector<double> best = start;
  double best_bound = -std::numeric_limits<double>::infinity();
  for (int i = 0; i < kCandidates; ++i) {
    const bool is_local = i >= kCandidates - kCandidates / kLocal;
    std::vector<double> numbers = best;
    for (double& number : numbers) {
      number = is_local ? std::clamp(number + kWidth * random.normal(), 0.0, 1.0) : random.uniform();
    }
    const Params candidate = with_numbers(space, params, numbers);
    if (!space.allows(candidate)) continue;
    numbers = numbers_of(space, candidate);
    if (const double bound = model.upper_bound(numbers); bound > best_bound) {
      best_bound = bound;
      best = std::move(numbers);
    }
  }
  return best_bound > -std::numeric_limits<double>::infinity() ? with_numbers(space, params, best) : params;
}

}  // namespace hone
