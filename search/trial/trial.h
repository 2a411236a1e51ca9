#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/param_value.h"
#include "core/protocol.h"

namespace hone {

enum class TrialState { waiting, running, rested, completed, stopped, failed };
std::string_view name_of(TrialState state);
std::optional<TrialState> trial_state_named(std::string_view name);

enum class TrialOrigin { default_, start, portfolio, sampler, copy, confirm, gate, reproduce };
std::string_view name_of(TrialOrigin origin);
std::optional<TrialOrigin> trial_origin_named(std::string_view name);

/// Metrics of a trial after `step` units of budget, in the user's direction.
struct TrialReport {
  double step = 0;
  std::map<std::string, double> metrics;
};

/// Where a trial of origin copy comes from: it goes on from what `parent` had learnt, with other parameters, in the
/// place of `replaces` (PBT).
struct CopyOf {
  std::int64_t parent = 0;
  std::int64_t replaces = 0;
};

/// All known of one try; a value, folded from events (search/study).
struct Trial {
  std::int64_t id = 0;
  Params params;
  std::uint64_t seed = 0;
  TrialOrigin origin = TrialOrigin::sampler;
  std::optional<CopyOf> copy_of;
  /// What the sampler said about the choice (arm, …), JSON text.
  std::string notes = "{}";
  TrialState state = TrialState::waiting;
  FailureClass failure = FailureClass::none;
  std::string message;
  /// Hash of the code that its newest launch ran; empty where nobody knows (built-in trainers, ask-tell).
  std::string code;
  /// Launches so far, promotions included: the fence.
  std::int64_t attempt = 0;
  /// Absolute budget of the newest launch; 0 = runs whole.
  double budget = 0;
  /// One entry a step, in order; repeated steps after a resume are ignored.
  std::vector<TrialReport> curve;
  /// Metrics of a `final` line; they win over the curve.
  std::map<std::string, double> final_metrics;
  /// Newest checkpoint file name and the budget it was written at; of a copy at first its parent's.
  std::string checkpoint;
  double checkpoint_budget = 0;
  /// Budgets at which it rested or completed, ascending.
  std::vector<double> reached;
  /// Wall seconds of all attempts, and the wall clock (µs since 1970) of asked and of the last change.
  double seconds = 0;
  std::int64_t asked_time_us = 0;
  std::int64_t changed_time_us = 0;
};

/// One launch of a trial: what an executor needs to start it.
struct Launch {
  std::int64_t trial = 0;
  std::int64_t attempt = 1;
  /// Those of the trial and the values that [constraints] derives from them.
  Params params;
  std::uint64_t seed = 0;
  /// Absolute budget to train to; 0 = no fidelity, run whole.
  double budget = 0;
  /// Checkpoint file name in the trial folder to go on from, or empty.
  std::string resume;
  /// The trial whose folder holds that checkpoint while the trial's own does not.
  std::optional<std::int64_t> parent = std::nullopt;
};

/// How a launch ended, as the executor saw it. `failure` none: it did what it was asked.
struct Outcome {
  FailureClass failure = FailureClass::none;
  /// It ended because it was told to (exit 77 or a stop file).
  bool stopped = false;
  /// For people: exit code or signal, last stderr line.
  std::string message;
  /// Wall seconds from spawn (or brief) to the end.
  double seconds = 0;
  /// Seconds of that a worker says it worked itself; 0 for commands.
  double work_seconds = 0;
};

}  // namespace hone
