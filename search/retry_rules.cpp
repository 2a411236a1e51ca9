#include "search/retry_rules.h"

namespace hone {

namespace {

int retries_of(FailureClass failure) {
  switch (failure) {
    case FailureClass::crash:
    case FailureClass::stalled:
      return 1;
    case FailureClass::hardware:
    case FailureClass::lost:
      return 3;
    case FailureClass::preempted:
      return 5;
    default:
      return 0;
  }
}

bool is_everybodys(FailureClass failure) {
  return failure == FailureClass::usage || failure == FailureClass::environment || failure == FailureClass::disk_full;
}

/// Says nothing about the trial, and not that the next one would meet the same.
bool is_nobodys(FailureClass failure) {
  return failure == FailureClass::lost || failure == FailureClass::preempted || failure == FailureClass::hardware;
}

}  // namespace

AfterFailure after_failure(FailureClass failure, const TrialLedger& ledger, Runner runner) {
  if (runner == Runner::client) {
    if (is_everybodys(failure) || is_nobodys(failure)) return {AfterFailure::Next::retry, failure};
    if (failure == FailureClass::crash || failure == FailureClass::stalled) return {AfterFailure::Next::fail, failure};
  }
  if (is_everybodys(failure)) return {AfterFailure::Next::pause, failure};
  const auto found = ledger.retries.find(failure);
  const int used = found == ledger.retries.end() ? 0 : found->second;
  if (used < retries_of(failure)) return {AfterFailure::Next::retry, failure};
  return {AfterFailure::Next::fail, failure == FailureClass::stalled ? FailureClass::timeout : failure};
}

}  // namespace hone
