#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "search/executors/executor.h"
#include "search/study_state.h"
#include "search/trial/event.h"

namespace hone {

/// Writers of the event bodies that search/study_state.h describes. Number and time are given when they are recorded.

Event study_opened_event(const std::string& name, const std::optional<DataFacts>& facts);
Event enqueued_event(const Params& params);
/// What the sampler changed in how it proposes, for people.
Event decided_event(const std::string& decision);
Event asked_event(const Trial& trial, std::int64_t seen);
/// The trial takes over the results of trial `of` without a launch (search/cached_answers.h).
Event answered_event(std::int64_t trial, std::int64_t of);
/// The launch after the trial's present attempt.
Event launched_event(const Trial& trial, double budget);
Event promoted_event(const Trial& trial, double budget);
/// The report with the metrics that are numbers.
Event reported_event(const LaunchReported& report);
Event checkpointed_event(const LaunchCheckpointed& checkpoint);
Event stop_requested_event(const Trial& trial);
/// rested or completed.
Event reached_event(EventKind kind, const Trial& trial, double seconds);
Event stopped_event(const Trial& trial, const std::string& message, double seconds);
Event failed_event(const Trial& trial, FailureClass failure, const std::string& message, double seconds);
Event retried_event(const Trial& trial, FailureClass failure, const std::string& message, double seconds);
/// Another spec decides from now on: both as resolved TOML.
Event spec_changed_event(const std::string& before, const std::string& after);
/// Lets a search that was closed go on; `extended`: the spec's budget counts once more.
Event budget_changed_event(const std::string& changes, bool extended = false);
Event code_changed_event(const std::string& code, const std::map<std::string, std::string>& parts,
                         const std::string& changed);
/// The trials in the changed space, by number; `outside` are those it cannot hold.
Event space_migrated_event(const std::string& changes, const std::map<std::int64_t, Params>& trials,
                           const std::vector<std::int64_t>& outside);
Event closed_event(const std::string& reason);

/// Adds `"flag":true` to the body.
Event with_flag(Event event, const char* flag);
/// Adds to `asked` or `promoted` how many results the decision saw (order strict).
Event with_known(Event event, std::int64_t known);

/// Whether a launch to `budget` can go on from the trial's checkpoint.
bool can_resume(const Trial& trial, double budget);
/// Units of [fidelity] such a launch costs.
double cost_of(const Trial& trial, double budget);

}  // namespace hone
