#include "search/breakers.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

constexpr std::int64_t kMinute = 60'000'000;

std::string what_of(const Breakers& breakers) {
  if (!breakers.tripped()) return "";
  EXPECT_EQ(breakers.tripped()->exit_code(), ExitCode::breaker);
  return breakers.tripped()->what();
}

/// `count` failures ten minutes apart, all different.
void fail(Breakers& breakers, int count, FailureClass failure = FailureClass::crash) {
  for (int i = 0; i < count; ++i) {
    breakers.trial_failed(failure, std::string(static_cast<std::size_t>(i + 1), 'x'), i * 10 * kMinute);
  }
}

TEST(Breakers, TheFirstFiveAllFailed) {
  Breakers breakers(20, false);
  fail(breakers, 4);
  EXPECT_EQ(what_of(breakers), "");
  fail(breakers, 1);
  EXPECT_EQ(what_of(breakers),
            "study::breaker: the study was ended because the first 5 trials all failed; the last one: x");
}

TEST(Breakers, ASuccessEndsTheRulesOfTheStart) {
  Breakers breakers(20, false);
  fail(breakers, 2);
  breakers.trial_succeeded();
  for (int i = 0; i < 10; ++i) breakers.trial_failed(FailureClass::crash, "same", 0);
  EXPECT_EQ(what_of(breakers), "");
}

TEST(Breakers, ASuccessOfAnEarlierProcessCounts) {
  Breakers breakers(20, true);
  for (int i = 0; i < 10; ++i) breakers.trial_failed(FailureClass::crash, "same", 0);
  EXPECT_EQ(what_of(breakers), "");
}

TEST(Breakers, ThreeEqualFailuresWhoseDigitsDiffer) {
  Breakers breakers(20, false);
  for (int i = 0; i < 3; ++i) {
    breakers.trial_failed(FailureClass::crash, "exit code 1\nno file /data/" + std::to_string(i), i * 10 * kMinute);
  }
  EXPECT_EQ(what_of(breakers),
            "study::breaker: the study was ended because 3 trials failed in the same way and none succeeded; the last "
            "one: exit code 1");
}

TEST(Breakers, ThreeFailuresWithinAMinute) {
  Breakers slow(20, false);
  Breakers quick(20, false);
  for (int i = 0; i < 3; ++i) {
    const std::string message(static_cast<std::size_t>(i + 1), 'x');
    slow.trial_failed(FailureClass::crash, message, i * 31'000'000);
    quick.trial_failed(FailureClass::crash, message, i * 30'000'000);
  }
  EXPECT_EQ(what_of(slow), "");
  EXPECT_EQ(what_of(quick),
            "study::breaker: the study was ended because 3 trials failed within 60 s and none succeeded; the last one: "
            "xxx");
}

TEST(Breakers, ThreeInARowWithoutTheObjective) {
  Breakers breakers(20, true);
  fail(breakers, 2, FailureClass::no_result);
  breakers.trial_failed(FailureClass::crash, "", 0);
  fail(breakers, 2, FailureClass::no_result);
  EXPECT_EQ(what_of(breakers), "");
  fail(breakers, 1, FailureClass::no_result);
  EXPECT_EQ(what_of(breakers),
            "study::breaker: the study was ended because 3 trials in a row ended without the objective; the last one: "
            "x");
}

TEST(Breakers, AsManyInARowAsTheBudgetSays) {
  Breakers breakers(3, true);
  fail(breakers, 2);
  breakers.trial_succeeded();
  fail(breakers, 2);
  EXPECT_EQ(what_of(breakers), "");
  fail(breakers, 1);
  EXPECT_EQ(what_of(breakers), "study::breaker: the study was ended because 3 trials in a row failed; the last one: x");
}

TEST(Breakers, InfeasibleConfigurationsAtTheStartAreFindings) {
  Breakers breakers(20, false);
  for (int i = 0; i < 19; ++i) breakers.trial_failed(FailureClass::infeasible, "too wide", 0);
  EXPECT_EQ(what_of(breakers), "");
}

TEST(Breakers, WhatOthersEndedDoesNotCount) {
  Breakers breakers(2, false);
  for (const FailureClass failure : {FailureClass::lost, FailureClass::preempted, FailureClass::cancelled}) {
    fail(breakers, 10, failure);
  }
  EXPECT_EQ(what_of(breakers), "");
}

}  // namespace
}  // namespace hone
