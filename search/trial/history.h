#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "search/trial/trial.h"

namespace hone {

/// The minimised value of a trial at a budget it reached.
struct RungValue {
  double budget = 0;
  double value = 0;
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
  /// One entry per report, ascending in budget.
  std::vector<RungValue> curve;
  /// Values at the budgets where it rested or completed, ascending.
  std::vector<RungValue> rungs;
  /// What the sampler said when it proposed the trial: the facts it keeps for later asks, JSON text.
  std::string notes = "{}";
  /// Origins confirm, gate, reproduce never teach a sampler.
  bool teaches = true;
};

/// All trials in order of id, running ones included.
struct History {
  std::vector<HistoryTrial> trials;
};

}  // namespace hone
