#include "search/schedulers/threshold_scheduler.h"

#include "search/schedulers/due.h"

namespace hone {
namespace {

constexpr Field<ThresholdOptions> kFields[] = {
    {"lower", &ThresholdOptions::lower, {}, "a trial whose objective falls below is stopped"},
    {"upper", &ThresholdOptions::upper, {}, "a trial whose objective rises above is stopped"},
    {"warmup", &ThresholdOptions::warmup, {.low = 0}, "units of budget in which no trial is stopped"},
    {"interval", &ThresholdOptions::interval, {.low = 0}, "units between two looks at a trial; 0 = every report"},
};

}  // namespace

std::span<const Field<ThresholdOptions>> threshold_fields() { return kFields; }

bool ThresholdScheduler::may_go_on(const History&, const HistoryTrial& trial) const {
  if (!is_due(trial.curve, options_.warmup, options_.interval)) return true;
  const double value = sign_ * trial.curve.back().value;
  return !(options_.lower && value < *options_.lower) && !(options_.upper && value > *options_.upper);
}

}  // namespace hone
