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

/// crash and stalled are tried once more (a second stall counts as timeout), hardware and lost three times, preempted
/// five times; wrong usage, a broken environment and a full disk pause the study; all else fails at once.
AfterFailure after_failure(FailureClass failure, const TrialLedger& ledger);

}  // namespace hone
