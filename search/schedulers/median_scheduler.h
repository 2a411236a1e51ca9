#pragma once

#include <cstdint>
#include <span>

#include "configs/fields.h"
#include "search/schedulers/watch_scheduler.h"

namespace hone {

struct MedianOptions {
  std::int64_t startup = 5;
  double warmup = 0;
  double interval = 0;
};
std::span<const Field<MedianOptions>> median_fields();

/// The median stopping rule (Golovin et al. 2017, "Google Vizier", §3.2.1): a trial stops at step s when its best value
/// so far is worse than the median of the other trials' running means up to s.
class MedianScheduler final : public WatchScheduler {
 public:
  MedianScheduler(const MedianOptions& options, double budget) : WatchScheduler(budget), options_(options) {}

 private:
  bool may_go_on(const History& history, const HistoryTrial& trial) const override;

  MedianOptions options_;
};

}  // namespace hone
