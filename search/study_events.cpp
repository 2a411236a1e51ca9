#include "search/study_events.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace hone {

namespace {

using nlohmann::json;

Event study_event(EventKind kind, const json& body) {
  Event event;
  event.kind = kind;
  // Text from trials may be any bytes; what is not UTF-8 is replaced.
  event.body = body.dump(-1, ' ', false, json::error_handler_t::replace);
  return event;
}

Event trial_event(EventKind kind, std::int64_t trial, std::optional<std::int64_t> attempt, const json& body) {
  Event event = study_event(kind, body);
  event.trial = trial;
  event.attempt = attempt;
  return event;
}

Event attempt_event(EventKind kind, const Trial& trial, const json& body) {
  return trial_event(kind, trial.id, trial.attempt, body);
}

double start_of(const Trial& trial, double budget) { return can_resume(trial, budget) ? trial.checkpoint_budget : 0; }

}  // namespace

Event study_opened_event(const std::string& name, const std::optional<DataFacts>& facts) {
  json body = {{"name", name}};
  if (facts) body["facts"] = to_json_object(*facts);
  return study_event(EventKind::study_opened, body);
}

Event decided_event(const std::string& decision) { return study_event(EventKind::decided, {{"sampler", decision}}); }

Event enqueued_event(const Params& params) {
  return study_event(EventKind::enqueued, {{"params", to_json_object(params)}});
}

Event asked_event(const Trial& trial, std::int64_t seen) {
  json body = {{"seen", seen},
               {"params", to_json_object(trial.params)},
               {"seed", std::to_string(trial.seed)},
               {"origin", name_of(trial.origin)},
               {"notes", json::parse(trial.notes)}};
  if (trial.copy_of) {
    body["parent"] = trial.copy_of->parent;
    body["replaces"] = trial.copy_of->replaces;
    body["checkpoint"] = {{"file", trial.checkpoint}, {"step", trial.checkpoint_budget}};
  }
  return trial_event(EventKind::asked, trial.id, std::nullopt, body);
}

Event answered_event(std::int64_t trial, std::int64_t of) {
  return trial_event(EventKind::answered, trial, std::nullopt, {{"of", of}});
}

Event launched_event(const Trial& trial, double budget) {
  return trial_event(EventKind::launched, trial.id, trial.attempt + 1,
                     {{"budget", budget},
                      {"from", start_of(trial, budget)},
                      {"resume", can_resume(trial, budget) ? trial.checkpoint : ""}});
}

Event promoted_event(const Trial& trial, double budget) {
  return attempt_event(EventKind::promoted, trial, {{"budget", budget}});
}

Event reported_event(const LaunchReported& report) {
  json metrics = json::object();
  for (const auto& [name, value] : report.metrics) {
    if (std::isfinite(value)) metrics[name] = value;
  }
  json body = {{"step", report.step}, {"metrics", std::move(metrics)}};
  if (report.final) body["final"] = true;
  return trial_event(EventKind::reported, report.trial, report.attempt, body);
}

Event checkpointed_event(const LaunchCheckpointed& checkpoint) {
  return trial_event(EventKind::checkpointed, checkpoint.trial, checkpoint.attempt,
                     {{"file", checkpoint.file}, {"step", checkpoint.step}});
}

Event stop_requested_event(const Trial& trial) {
  return attempt_event(EventKind::stop_requested, trial, {{"by", "scheduler"}});
}

Event reached_event(EventKind kind, const Trial& trial, double seconds) {
  return attempt_event(kind, trial, {{"budget", trial.budget}, {"seconds", seconds}});
}

Event stopped_event(const Trial& trial, const std::string& message, double seconds) {
  return attempt_event(EventKind::stopped, trial, {{"message", message}, {"seconds", seconds}});
}

Event failed_event(const Trial& trial, FailureClass failure, const std::string& message, double seconds) {
  return attempt_event(EventKind::failed, trial,
                       {{"class", name_of(failure)}, {"message", message}, {"seconds", seconds}});
}

Event retried_event(const Trial& trial, FailureClass failure, const std::string& message, double seconds) {
  return attempt_event(EventKind::attempt_ended, trial,
                       {{"class", name_of(failure)}, {"next", "retry"}, {"message", message}, {"seconds", seconds}});
}

Event spec_changed_event(const std::string& before, const std::string& after) {
  Event event;
  event.kind = EventKind::spec_changed;
  event.body = json{{"before", before}, {"after", after}}.dump();
  return event;
}

Event budget_changed_event(const std::string& changes, bool extended) {
  Event event = study_event(EventKind::budget_changed, {{"changes", changes}});
  return extended ? with_flag(std::move(event), "extended") : event;
}

Event code_changed_event(const std::string& code, const std::map<std::string, std::string>& parts,
                         const std::string& changed) {
  return study_event(EventKind::code_changed, {{"code", code}, {"parts", parts}, {"changed", changed}});
}

Event space_migrated_event(const std::string& changes, const std::map<std::int64_t, Params>& trials,
                           const std::vector<std::int64_t>& outside) {
  json params = json::object();
  for (const auto& [id, values] : trials) params[std::to_string(id)] = to_json_object(values);
  Event event;
  event.kind = EventKind::space_migrated;
  event.body = json{{"changes", changes}, {"trials", params}, {"outside", outside}}.dump();
  return event;
}

Event closed_event(const std::string& reason) { return study_event(EventKind::closed, {{"reason", reason}}); }

Event with_flag(Event event, const char* flag) {
  json body = json::parse(event.body);
  body[flag] = true;
  event.body = body.dump();
  return event;
}

Event with_known(Event event, std::int64_t known) {
  json body = json::parse(event.body);
  body["known"] = known;
  event.body = body.dump();
  return event;
}

bool can_resume(const Trial& trial, double budget) {
  return !trial.checkpoint.empty() && trial.checkpoint_budget <= budget;
}

double cost_of(const Trial& trial, double budget) { return budget - start_of(trial, budget); }

}  // namespace hone
