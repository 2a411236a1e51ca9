#pragma once

#include <cstdint>
#include <span>

#include "configs/fields.h"
#include "search/schedulers/watch_scheduler.h"

namespace hone {

struct PatienceOptions {
  std::int64_t patience = 10;
  double warmup = 0;
};
std::span<const Field<PatienceOptions>> patience_fields();

/// Stops a trial that has not become better for a number of reports.
class PatienceScheduler final : public WatchScheduler {
 public:
  PatienceScheduler(const PatienceOptions& options, double budget) : WatchScheduler(budget), options_(options) {}

 private:
  bool may_go_on(const History& history, const HistoryTrial& trial) const override;

  PatienceOptions options_;
};

}  // namespace hone
