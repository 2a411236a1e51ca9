#include "search/study.h"

#include <time.h>

#include <cassert>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/text.h"
#include "search/retry_rules.h"
#include "search/study_events.h"

namespace hone {

namespace {

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

bool has_score(const Trial& trial, const Goals& goals) {
  return trial.state != TrialState::failed && goals.score(trial.curve, trial.final_metrics).has_value();
}

/// "`loss` and `latency_ms`": what a trial should have reported and has not.
std::string missing_metrics(const Trial& trial, const Goals& goals) {
  std::vector<std::string> missing;
  for (const std::string& metric : goals.metrics()) {
    ObjectiveSpec newest;
    newest.metric = metric;
    if (!objective_of(trial, newest)) missing.push_back("`" + metric + "`");
  }
  return join(missing, " and ");
}

/// The error that ends this process when a trial failed through no fault of its own.
Error pause_error(const Trial& trial, FailureClass failure, const Outcome& outcome) {
  const std::string subject = "trial " + std::to_string(trial.id);
  const std::string why = outcome.message.empty() ? "" : ": " + first_line(outcome.message);
  if (failure == FailureClass::usage) return Error("trial::usage", subject + " was called in a wrong way" + why);
  if (failure == FailureClass::disk_full) {
    return Error("study::disk-full", subject + " found the disk full" + why, {}, ExitCode::busy);
  }
  return Error("trial::environment", subject + " lacks what it needs to run" + why, {}, ExitCode::missing_part);
}

}  // namespace

Study::Study(Store& store, ExperimentSpec spec, SearchSpace space, std::unique_ptr<Sampler> sampler,
             std::unique_ptr<Scheduler> scheduler, Clock clock, Runner runner)
    : store_(store),
      spec_(std::move(spec)),
      space_(std::move(space)),
      sampler_(std::move(sampler)),
      scheduler_(std::move(scheduler)),
      clock_(std::move(clock)),
      runner_(runner),
      full_budget_(scheduler_->rungs().back()),
      memory_(spec_),
      breakers_(spec_.budget.failures, false) {
  assert(!spec_.objectives.empty());
  for (const Event& event : store_.load()) memory_.apply(event);
  bool any_success = false;
  for (const Trial& trial : state().trials) any_success = any_success || has_score(trial, goals());
  breakers_ = Breakers(spec_.budget.failures, any_success);
  end_interrupted_attempts();
}

void Study::open(const std::optional<DataFacts>& facts) {
  if (state().last_seq > 0) return;
  std::vector<Event> events = {study_opened_event(spec_.study.name, facts)};
  for (const StartPoint& start : spec_.sampler.start) {
    if (const Params* params = std::get_if<Params>(&start)) events.push_back(enqueued_event(*params));
  }
  record(std::move(events), Commit::full);
}

/// What ran when the coordinator died is lost: it goes on from its newest checkpoint, unless it was about to stop.
void Study::end_interrupted_attempts() {
  const std::string message = "hone itself ended while the trial ran";
  std::vector<Event> events;
  for (const Trial& trial : state().trials) {
    if (trial.state != TrialState::running) continue;
    const TrialLedger& ledger = state().ledgers[static_cast<std::size_t>(trial.id)];
    const double seconds = static_cast<double>(state().last_time_us - ledger.launched_time_us) * 1e-6;
    const AfterFailure after = after_failure(FailureClass::lost, ledger, runner_);
    Event event = after.next == AfterFailure::Next::retry ? retried_event(trial, FailureClass::lost, message, seconds)
                                                          : failed_event(trial, FailureClass::lost, message, seconds);
    if (ledger.stop_requested) event = stopped_event(trial, "stopped by the scheduler", seconds);
    events.push_back(with_flag(std::move(event), "reopened"));
  }
  record(std::move(events), Commit::full);
}

void Study::record(std::vector<Event> events, Commit commit) {
  if (events.empty()) return;
  end_reason_.clear();
  const std::int64_t now = clock_();
  std::int64_t seq = state().last_seq;
  for (Event& event : events) {
    event.seq = ++seq;
    event.time_us = now;
  }
  store_.append(events, commit);
  for (Event& event : events) {
    memory_.apply(event);
    new_events_.push_back(std::move(event));
  }
}

const Trial* Study::running_attempt(std::int64_t trial, std::int64_t attempt) const {
  if (trial < 0 || trial >= static_cast<std::int64_t>(state().trials.size())) return nullptr;
  const Trial& found = state().trials[static_cast<std::size_t>(trial)];
  return found.state == TrialState::running && found.attempt == attempt ? &found : nullptr;
}

Verdict Study::report(const LaunchReported& report) {
  const Trial* trial = running_attempt(report.trial, report.attempt);
  if (trial == nullptr || report.metrics.empty()) return Verdict::keep;
  const bool is_repeated = !trial->curve.empty() && report.step <= trial->curve.back().step;
  if (is_repeated && !report.final) return Verdict::keep;
  record({reported_event(report)}, Commit::normal);
  // A repeat runs to its end: stopped early it would say nothing.
  if (report.final || !is_of_the_search(trial->origin)) return Verdict::keep;
  if (memory_.judge(*scheduler_, report.trial) == Verdict::keep) return Verdict::keep;
  record({stop_requested_event(*trial)}, Commit::normal);
  return Verdict::stop;
}

void Study::checkpoint(const LaunchCheckpointed& checkpoint) {
  if (running_attempt(checkpoint.trial, checkpoint.attempt) == nullptr) return;
  record({checkpointed_event(checkpoint)}, Commit::full);
}

void Study::finish(const LaunchExited& exited) {
  const Trial* trial = running_attempt(exited.trial, exited.attempt);
  if (trial == nullptr) return;
  const Outcome& outcome = exited.outcome;
  const bool stop_requested = state().ledgers[static_cast<std::size_t>(trial->id)].stop_requested;
  if (outcome.stopped && (stop_requested || outcome.failure == FailureClass::none)) {
    const bool succeeded = has_score(*trial, goals());
    record({stopped_event(*trial, outcome.message, outcome.seconds)}, Commit::full);
    if (succeeded) breakers_.trial_succeeded();
  } else if (outcome.stopped && outcome.failure == FailureClass::preempted) {
    // Interrupted by hone itself: not counted among the retries.
    Event event = retried_event(*trial, FailureClass::preempted, outcome.message, outcome.seconds);
    record({with_flag(std::move(event), "asked")}, Commit::full);
  } else if (outcome.failure != FailureClass::none) {
    finish_failed(*trial, outcome.failure, outcome);
  } else {
    finish_reached(*trial, outcome);
  }
}

void Study::finish_reached(const Trial& trial, const Outcome& outcome) {
  if (!has_score(trial, goals())) {
    Outcome without = outcome;
    without.message = "ended without reporting " + missing_metrics(trial, goals());
    finish_failed(trial, FailureClass::no_result, without);
    return;
  }
  const EventKind kind = trial.budget >= full_budget_ ? EventKind::completed : EventKind::rested;
  record({reached_event(kind, trial, outcome.seconds)}, Commit::full);
  breakers_.trial_succeeded();
}

void Study::finish_failed(const Trial& trial, FailureClass failure, const Outcome& outcome) {
  const AfterFailure after = after_failure(failure, state().ledgers[static_cast<std::size_t>(trial.id)], runner_);
  if (after.next == AfterFailure::Next::fail) {
    record({failed_event(trial, after.failure, outcome.message, outcome.seconds)}, Commit::full);
    if (runner_ == Runner::executor) breakers_.trial_failed(after.failure, outcome.message, state().last_time_us);
    return;
  }
  record({retried_event(trial, failure, outcome.message, outcome.seconds)}, Commit::full);
  if (after.next == AfterFailure::Next::pause && !paused_) paused_ = pause_error(trial, failure, outcome);
}

bool Study::done() const {
  if (paused_) throw *paused_;
  if (breakers_.tripped()) throw *breakers_.tripped();
  return (state().closed && !repeats_only_) || !end_reason_.empty();
}

void Study::close() {
  if (state().closed || repeats_only_) return;
  assert(!end_reason_.empty());
  const std::string reason = end_reason_;
  std::vector<Event> events;
  for (const Trial& trial : state().trials) {
    const bool waits = trial.state == TrialState::waiting && is_of_the_search(trial.origin);
    if (waits) events.push_back(stopped_event(trial, "the study ended: " + reason, 0));
  }
  events.push_back(closed_event(reason));
  record(std::move(events), Commit::full);
}

void Study::reopen(const std::string& changes, bool extended) {
  record({budget_changed_event(changes, extended)}, Commit::full);
}

void Study::change_code(const std::string& code, const std::map<std::string, std::string>& parts,
                        const std::string& changed) {
  record({code_changed_event(code, parts, changed)}, Commit::full);
}

void Study::change_spec(const std::string& before, const std::string& after) {
  Event event;
  event.kind = EventKind::spec_changed;
  event.body = nlohmann::json{{"before", before}, {"after", after}}.dump();
  record({std::move(event)}, Commit::full);
}

void Study::record_compressed(const std::string& report_json) {
  Event event;
  event.kind = EventKind::compressed;
  event.body = nlohmann::json::parse(report_json).dump();
  record({std::move(event)}, Commit::full);
}

void Study::repeat(const std::vector<std::int64_t>& trials) {
  repeats_only_ = true;
  const auto first_id = static_cast<std::int64_t>(state().trials.size());
  std::vector<Event> events;
  for (const std::int64_t of : trials) {
    Trial trial;
    trial.id = first_id + static_cast<std::int64_t>(events.size());
    trial.params = state().trials.at(static_cast<std::size_t>(of)).params;
    trial.notes = nlohmann::json{{"of", of}}.dump();
    trial.origin = TrialOrigin::confirm;
    trial.seed = trial_seed(static_cast<std::uint64_t>(spec_.study.seed), trial.id);
    events.push_back(asked_event(trial, state().last_seq));
  }
  record(std::move(events), Commit::full);
}

double Study::search_seconds() const {
  if (state().running == 0) return state().search_seconds;
  return state().search_seconds + static_cast<double>(clock_() - state().last_time_us) * 1e-6;
}

std::vector<Event> Study::take_new_events() { return std::exchange(new_events_, {}); }

Study::Clock make_wall_clock() {
  const auto boot_us = [] {
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1'000;
  };
  const std::int64_t wall_us =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  return [boot_us, offset = wall_us - boot_us()] { return boot_us() + offset; };
}

}  // namespace hone
