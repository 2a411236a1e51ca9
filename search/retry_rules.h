#pragma once

#include "core/protocol.h"
#include "search/study_state.h"

namespace hone {

/// What becomes of a trial whose attempt failed (reliability.md §2).
struct AfterFailure {
  enum class Next {
    retry,  ///< another attempt of the same trial: same parameters, same seed
    fail,   ///< the trial failed; `failure` is its class for good
    pause,  ///< not the trial's fault and the same would happen to the next one: it waits, the study stops
  };
  Next next = Next::fail;
  FailureClass failure = FailureClass::none;
};

/// Who runs the trials of a study.
enum class Runner {
  executor,  ///< processes that hone started: it judges why they ended, and ends a study that only burns trials
  client,    ///< somebody who asks and tells: knows what its own failures mean, and is never turned away
};

/// crash and stalled are tried once more (a second stall counts as timeout), hardware and lost three times, preempted
/// five times; wrong usage, a broken environment and a full disk pause the study; all else fails at once.
///
/// For a client a crash or stall is the trial's own and final; what is not the trial's fault (lost, preempted,
/// hardware, and what pauses a study) leaves it waiting, however often, and nothing pauses.
AfterFailure after_failure(FailureClass failure, const TrialLedger& ledger, Runner runner = Runner::executor);

}  // namespace hone
