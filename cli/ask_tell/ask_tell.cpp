#include "cli/ask_tell/ask_tell.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "cli/ask_tell/answers.h"
#include "core/diagnostics.h"
#include "core/text.h"

namespace hone {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kAskTellProtocol = 1;
/// Trials of one ask: all are out at once.
constexpr std::int64_t kMostTrials = 10'000;

std::string as_line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::string error_line(const nlohmann::json& id, const std::string& code, const std::string& message) {
  return as_line({{"id", id}, {"error", {{"code", code}, {"message", message}}}});
}

const TrialLedger& ledger_of(const Study& study, std::int64_t trial) {
  return study.state().ledgers[static_cast<std::size_t>(trial)];
}

}  // namespace

std::string AskTell::greeting(bool resumed) const {
  const ExperimentSpec& spec = study_.spec();
  Json line = {{"hone", 1},          {"protocol", kAskTellProtocol},           {"study", spec.study.name},
               {"resumed", resumed}, {"trials", study_.state().trials.size()}, {"space", space_json(study_.space())}};
  for (const ObjectiveSpec& objective : spec.objectives) {
    line["objectives"].push_back(
        {{"metric", objective.metric}, {"goal", objective.goal == Goal::minimize ? "minimize" : "maximize"}});
  }
  if (!spec.constraints.outcome.empty()) line["constraints"] = spec.constraints.outcome;
  return as_line(line);
}

std::string AskTell::answer(std::string_view line) {
  nlohmann::json id;
  try {
    const Request request(line);
    id = request.id();
    Json answer = {{"id", id}};
    answer.update(dispatch(request));
    study_.take_new_events();  // nobody watches them here
    return as_line(answer);
  } catch (const BadRequest& error) {
    return error_line(id, error.code(), error.what());
  }
}

std::string AskTell::answer_too_long(std::size_t longest) {
  return error_line(nullptr, "ask::too-long", fmt::format("the line is longer than {} bytes", longest));
}

Json AskTell::dispatch(const Request& request) {
  const std::string op = request.op();
  if (op == "ask") return ask(request);
  if (op == "tell") return tell(request);
  if (op == "finish") return finish(request);
  if (op == "best") return best_json(study_);
  if (op == "status") return status_json(study_);
  if (op == "close") return close();
  static const std::vector<std::string> ops = {"ask", "tell", "finish", "best", "status", "close"};
  const std::string hint = suggestion_for(op, ops);
  throw BadRequest("unknown-op",
                   fmt::format("there is no op `{}`; {}", op, hint.empty() ? "ops are " + join(ops, ", ") : hint));
}

Json AskTell::ask(const Request& request) {
  const std::int64_t wanted = request.count("n", kMostTrials);
  Json answer = {{"trials", Json::array()}};
  for (std::int64_t i = 0; i < wanted; ++i) {
    const std::optional<Launch> launch = study_.next();
    if (!launch) break;
    open_[launch->trial] = {seconds_(), std::nullopt};
    answer["trials"].push_back(launch_json(*launch));
  }
  if (answer["trials"].empty()) explain_nothing(answer);
  return answer;
}

void AskTell::explain_nothing(Json& answer) {
  const std::string reason = study_.why_nothing();
  if (study_.may_start_later()) {
    answer["open"] = study_.state().running;
    return;
  }
  if (study_.state().running == 0) study_.close();
  answer["done"] = reason == "space exhausted" ? reason : "budget";
  answer["reason"] = reason;
}

Json AskTell::tell(const Request& request) {
  const Trial& trial = open_trial(request);
  LaunchReported report;
  report.trial = trial.id;
  report.attempt = trial.attempt;
  report.step = request.step();
  report.metrics = request.metrics(NonFinite::refuse);
  if (report.metrics.empty()) throw BadRequest("bad-request", "`metrics` is missing");
  std::optional<double>& last_step = open_[trial.id].last_step;
  if (last_step && report.step <= *last_step) {
    throw BadRequest("repeated-step", fmt::format("trial {} was told of step {} before; steps must rise", trial.id,
                                                  format_short(*last_step)));
  }
  last_step = report.step;
  study_.report(report);
  return {{"verdict", ledger_of(study_, trial.id).stop_requested ? "stop" : "keep"}};
}

Json AskTell::finish(const Request& request) {
  const Trial& trial = open_trial(request);
  const std::int64_t id = trial.id;
  const std::string state = request.text("state");
  const bool completed = state == "completed";
  if (!completed && state != "failed") {
    throw BadRequest("unknown-state", fmt::format("`state` must be completed or failed (is `{}`)", state));
  }
  const FailureClass failure = completed ? FailureClass::none : request.failure();
  // What a failed trial reports is for people: a loss of NaN says no more than its class.
  const std::map<std::string, double> metrics = request.metrics(completed ? NonFinite::refuse : NonFinite::leave_out);
  if (completed) require_metrics(trial, metrics);
  if (!metrics.empty()) study_.report({id, trial.attempt, trial.budget, metrics, /*final=*/true});
  const bool stopped = completed && ledger_of(study_, id).stop_requested;
  end(trial, failure, stopped, completed ? "" : "the client said so");
  return {{"state", name_of(study_.state().trials[static_cast<std::size_t>(id)].state)}};
}

void AskTell::end(const Trial& trial, FailureClass failure, bool stopped, const std::string& message) {
  const std::int64_t id = trial.id;
  study_.finish({id, trial.attempt, {failure, stopped, message, seconds_() - open_[id].since}});
  open_.erase(id);
}

Json AskTell::close() {
  leave();
  closed_ = true;
  return {{"closed", true}};
}

void AskTell::leave() {
  const std::map<std::int64_t, Open> open = open_;
  for (const auto& [id, unused] : open) {
    const Trial& trial = study_.state().trials[static_cast<std::size_t>(id)];
    end(trial, FailureClass::lost, /*stopped=*/false, "the client left");
  }
}

const Trial& AskTell::open_trial(const Request& request) const {
  const std::int64_t id = request.trial();
  const std::vector<Trial>& trials = study_.state().trials;
  const auto count = static_cast<std::int64_t>(trials.size());
  if (id < 0 || id >= count) {
    const std::string there = count == 0 ? "none was asked yet" : fmt::format("they run from 0 to {}", count - 1);
    throw BadRequest("unknown-trial", fmt::format("there is no trial {}; {}", id, there));
  }
  const Trial& trial = trials[static_cast<std::size_t>(id)];
  const std::optional<std::int64_t> attempt = request.attempt();
  if (attempt && *attempt != trial.attempt) {
    throw BadRequest("stale-attempt", fmt::format("trial {} is at attempt {}, not {}", id, trial.attempt, *attempt));
  }
  if (trial.state == TrialState::running) return trial;
  if (trial.state == TrialState::waiting) {
    throw BadRequest("not-open", fmt::format("trial {} waits to be asked again", id));
  }
  throw BadRequest("not-open", fmt::format("trial {} has ended: {}", id, name_of(trial.state)));
}

void AskTell::require_metrics(const Trial& trial, const std::map<std::string, double>& metrics) const {
  for (const std::string& name : study_.goals().metrics()) {
    ObjectiveSpec newest;
    newest.metric = name;
    if (metrics.count(name) > 0 || objective_of(trial, newest)) continue;
    throw BadRequest("missing-metric",
                     fmt::format("trial {} cannot be completed without `{}`: send it in `metrics`, or tell it before",
                                 trial.id, name));
  }
}

}  // namespace hone
