#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "search/trial/trial.h"

namespace hone {

/// The minimised values of a trial at a budget it reached.
struct RungValue {
  double budget = 0;
  double value = 0;
  /// Objectives after the first, minimised; empty with one objective.
  std::vector<double> others = {};
  /// One per outcome constraint, in the unit of its metric: > 0 is violated. Empty without constraints.
  std::vector<double> violations = {};
};

/// A trial as policies see it: the objective is minimised (Study::history() turned the sign, nobody else does).
struct HistoryTrial {
  std::int64_t id = 0;
  Params params;
  TrialState state = TrialState::waiting;
  FailureClass failure = FailureClass::none;
  /// Budget of the newest launch.
  double budget = 0;
  /// Value at the largest budget reached (the newest report for a running trial); nothing before the first report.
  std::optional<double> value;
  /// Objectives after the first and violations that go with `value`, as in RungValue. A trial lacks a value when one of
  /// its objectives or constrained metrics is missing.
  std::vector<double> others = {};
  std::vector<double> violations = {};
  /// One entry per report, ascending in budget.
  std::vector<RungValue> curve;
  /// Values at the budgets where it rested or completed, ascending.
  std::vector<RungValue> rungs;
  /// Wall seconds of all its attempts once it rests or has ended; nothing before, for trials that nobody timed, and
  /// with order strict, where timing must change nothing.
  std::optional<double> seconds = {};
  /// What the sampler said when it proposed the trial: the facts it keeps for later asks, JSON text.
  std::string notes = "{}";
  std::optional<CopyOf> copy_of = {};
  /// Origins confirm, gate, reproduce never teach a sampler.
  bool teaches = true;
};

/// All trials in order of id, running ones included.
struct History {
  std::vector<HistoryTrial> trials;
  /// One an objective when they are goals in turn: the share of the best value that may be lost for the sake of the
  /// objectives after it. Empty: several objectives are ranked by non-domination.
  std::vector<double> tolerances = {};
  /// Set by a study. In all histories of one generation that a sampler object meets a trial's parameters are the same,
  /// so that it may remember by id what it made of them. Nothing: each history may be of a study of its own.
  std::optional<std::int64_t> generation = {};
};

}  // namespace hone
