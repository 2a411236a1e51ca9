#include "search/schedulers/patience_scheduler.h"

#include <algorithm>

namespace hone {
namespace {

constexpr Field<PatienceOptions> kFields[] = {
    {"patience", &PatienceOptions::patience, {.low = 1}, "reports in a row without a better value that end a trial"},
    {"warmup", &PatienceOptions::warmup, {.low = 0}, "units of budget in which no trial is stopped"},
};

}  // namespace

std::span<const Field<PatienceOptions>> patience_fields() { return kFields; }

bool PatienceScheduler::may_go_on(const History&, const HistoryTrial& trial) const {
  if (trial.curve.back().budget <= options_.warmup) return true;
  const auto best = std::min_element(trial.curve.begin(), trial.curve.end(),
                                     [](const RungValue& a, const RungValue& b) { return a.value < b.value; });
  return trial.curve.end() - best - 1 < options_.patience;
}

}  // namespace hone
