#include "search/retry_rules.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

using Next = AfterFailure::Next;

/// Attempts of a trial that always fails in one way, until it is given up.
int attempts_of(FailureClass failure, FailureClass* in_the_end) {
  TrialLedger ledger;
  for (int attempt = 1;; ++attempt) {
    const AfterFailure after = after_failure(failure, ledger);
    *in_the_end = after.failure;
    if (after.next != Next::retry) return attempt;
    ++ledger.retries[failure];
  }
}

TEST(RetryRules, EachClassHasItsNumberOfAttempts) {
  const std::pair<FailureClass, int> rows[] = {{FailureClass::crash, 2},         {FailureClass::preempted, 6},
                                               {FailureClass::lost, 4},          {FailureClass::hardware, 4},
                                               {FailureClass::timeout, 1},       {FailureClass::non_finite, 1},
                                               {FailureClass::out_of_memory, 1}, {FailureClass::infeasible, 1},
                                               {FailureClass::no_result, 1},     {FailureClass::cancelled, 1}};
  for (const auto& [failure, attempts] : rows) {
    FailureClass in_the_end = FailureClass::none;
    EXPECT_EQ(attempts_of(failure, &in_the_end), attempts) << name_of(failure);
    EXPECT_EQ(in_the_end, failure);
  }
}

TEST(RetryRules, ASecondStallIsATimeout) {
  FailureClass in_the_end = FailureClass::none;
  EXPECT_EQ(attempts_of(FailureClass::stalled, &in_the_end), 2);
  EXPECT_EQ(in_the_end, FailureClass::timeout);
}

TEST(RetryRules, ClassesAreCountedApart) {
  TrialLedger ledger;
  ledger.retries = {{FailureClass::crash, 1}};
  EXPECT_EQ(after_failure(FailureClass::lost, ledger).next, Next::retry);
  EXPECT_EQ(after_failure(FailureClass::crash, ledger).next, Next::fail);
}

TEST(RetryRules, WhatWouldHitTheNextTrialTooPausesTheStudy) {
  for (const FailureClass failure : {FailureClass::usage, FailureClass::environment, FailureClass::disk_full}) {
    EXPECT_EQ(after_failure(failure, TrialLedger{}).next, Next::pause) << name_of(failure);
  }
}

}  // namespace
}  // namespace hone
