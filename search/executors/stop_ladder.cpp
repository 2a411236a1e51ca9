#include "search/executors/stop_ladder.h"

namespace hone {
namespace {

/// A process in uninterruptible sleep outlives SIGKILL; after this long nobody waits for it.
constexpr double kUnkillableSeconds = 5;

}  // namespace

MonotonicTime monotonic_now() { return std::chrono::steady_clock::now(); }

MonotonicTime after(MonotonicTime start, double seconds) {
  return start + std::chrono::duration_cast<MonotonicTime::duration>(std::chrono::duration<double>(seconds));
}

void StopLadder::begin(MonotonicTime now) {
  if (!begun()) next_time_ = after(now, soft_grace_);
}

StopLadder::Step StopLadder::take_due(MonotonicTime now) {
  if (!next_time_ || now < *next_time_) return Step::none;
  const Step due = next_;
  switch (due) {
    case Step::terminate:
      next_ = Step::kill;
      next_time_ = after(now, grace_);
      break;
    case Step::kill:
      next_ = Step::give_up;
      next_time_ = after(now, kUnkillableSeconds);
      break;
    default:
      next_ = Step::none;
      next_time_.reset();
  }
  return due;
}

}  // namespace hone
