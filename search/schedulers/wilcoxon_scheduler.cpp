#include "search/schedulers/wilcoxon_scheduler.h"

#include <limits>

#include "search/schedulers/signed_rank.h"

namespace hone {
namespace {

constexpr double kLevel = 0.05;

constexpr Field<WilcoxonOptions> kFields[] = {
    {"startup", &WilcoxonOptions::startup, {.low = 5}, "folds or seeds that both trials need before they are compared"},
};

double mean_of(const std::vector<RungValue>& curve) {
  double sum = 0;
  for (const RungValue& fold : curve) sum += fold.value;
  return sum / static_cast<double>(curve.size());
}

const HistoryTrial* best_finished(const History& history) {
  const HistoryTrial* best = nullptr;
  double best_mean = std::numeric_limits<double>::infinity();
  for (const HistoryTrial& trial : history.trials) {
    if (!trial.teaches || trial.state != TrialState::completed || trial.curve.empty()) continue;
    if (const double mean = mean_of(trial.curve); mean < best_mean) {
      best = &trial;
      best_mean = mean;
    }
  }
  return best;
}

/// trial − best at the steps that both reported.
std::vector<double> paired_differences(const std::vector<RungValue>& trial, const std::vector<RungValue>& best) {
  std::vector<double> differences;
  for (std::size_t i = 0, j = 0; i < trial.size() && j < best.size();) {
    if (trial[i].budget == best[j].budget) {
      differences.push_back(trial[i++].value - best[j++].value);
    } else {
      ++(trial[i].budget < best[j].budget ? i : j);
    }
  }
  return differences;
}

}  // namespace

std::span<const Field<WilcoxonOptions>> wilcoxon_fields() { return kFields; }

bool WilcoxonScheduler::may_go_on(const History& history, const HistoryTrial& trial) const {
  const HistoryTrial* best = best_finished(history);
  if (best == nullptr) return true;
  const std::vector<double> differences = paired_differences(trial.curve, best->curve);
  if (std::ssize(differences) < options_.startup) return true;
  double sum = 0;
  for (const double difference : differences) sum += difference;
  return sum <= 0 || signed_rank_p_value(differences) >= kLevel;
}

}  // namespace hone
