#include "search/executors/worker_slot.h"

#include <fmt/format.h>
#include <signal.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "core/error.h"
#include "core/files.h"
#include "search/executors/streams.h"
#include "search/executors/trial_folder.h"

namespace hone {
namespace {

/// A worker is replaced after so many trials, so that no leak grows for ever (trainers.md §1).
constexpr int kTrialsPerWorker = 200;
/// Workers killed by a signal before they said hello are tried again so often.
constexpr int kFailedStarts = 3;
constexpr int kLeaveMilliseconds = 2000;

/// Waits until the worker has gone, and kills it when it does not go.
void see_off(WorkerProcess& worker) {
  worker.close_input();
  std::vector<pollfd> watched;
  worker.watch(watched);
  poll(watched.data(), 1, kLeaveMilliseconds);  // the first one is the pidfd
  if (worker.try_end()) return;
  worker.signal(SIGKILL);
  poll(watched.data(), 1, kLeaveMilliseconds);
  worker.try_end();
}

}  // namespace

WorkerSlot::WorkerSlot(const WorkerSetup& setup, std::vector<int> cores, EventQueue& events)
    : setup_(setup), cores_(std::move(cores)), events_(events) {}

WorkerSlot::~WorkerSlot() {
  for (const auto& worker : {&leaving_, &worker_}) {
    if (!*worker) continue;
    if (worker == &worker_ && attempt_) (*worker)->signal(SIGKILL);
    see_off(**worker);
  }
}

std::optional<std::int64_t> WorkerSlot::trial() const {
  if (!attempt_) return std::nullopt;
  return attempt_->launch().trial;
}

void WorkerSlot::ensure_worker(MonotonicTime now) {
  if (!worker_) {
    worker_ = std::make_unique<WorkerProcess>(setup_.worker, setup_.study_folder, cores_, setup_.threads, now);
    trials_done_ = 0;
    spent_ = false;
  }
}

void WorkerSlot::start(const Launch& launch) {
  const std::filesystem::path folder = make_trial_folder(setup_.study_folder, launch);
  nlohmann::json brief = setup_.make_brief(launch);
  brief["threads"] = setup_.threads;
  brief["cores"] = cores_;
  for (nlohmann::json& trial : brief["trials"]) trial["folder"] = folder.string();
  const std::string text = brief.dump();
  write_file(folder / "brief.json", text + "\n", Durability::renamed);
  const MonotonicTime now = monotonic_now();
  ensure_worker(now);
  diagnostic_.clear();
  attempt_.emplace(launch, folder, setup_.rules, now);
  worker_->send(text);
}

void WorkerSlot::stop(StopReason reason, MonotonicTime now) {
  if (attempt_) attempt_->ask_to_stop(reason, now);
}

void WorkerSlot::watch(std::vector<pollfd>& watched) const {
  if (worker_) worker_->watch(watched);
  if (leaving_) leaving_->watch(watched);
}

std::optional<MonotonicTime> WorkerSlot::next_time() const {
  if (worker_ && !worker_->ready()) return worker_->greeting_limit();
  if (!attempt_) return std::nullopt;
  return attempt_->next_time();
}

void WorkerSlot::take_line(const ReportLine& line, MonotonicTime now) {
  if (!attempt_) return;
  const Launch& launch = attempt_->launch();
  const bool ours =
      line.trial.value_or(launch.trial) == launch.trial && line.attempt.value_or(launch.attempt) == launch.attempt;
  if (!ours) return;
  if (!line.diagnostic.empty())
    diagnostic_ = nlohmann::json::parse(line.diagnostic).value("message", "");
  else if (line.end)
    finish_job(*line.end, line.seconds.value_or(0), now);
  else
    attempt_->take(line, now, events_);
}

/// 77 that nobody here asked for: somebody told the worker to terminate.
void WorkerSlot::settle_unasked_stop(int code) {
  if (code == static_cast<int>(TrialExit::stopped) && !attempt_->asked_to_stop())
    attempt_->settle(FailureClass::preempted, "the worker was told to end from outside");
}

void WorkerSlot::finish_job(int code, double work_seconds, MonotonicTime now) {
  settle_unasked_stop(code);
  if (code == static_cast<int>(TrialExit::failed) && !diagnostic_.empty() && !attempt_->asked_to_stop())
    attempt_->settle(FailureClass::crash, diagnostic_);
  LaunchExited exited = attempt_->end(code, 0, {}, now);
  exited.outcome.work_seconds = work_seconds;
  events_.push_back(std::move(exited));
  attempt_.reset();
  ++trials_done_;
}

void WorkerSlot::retire_worker() {
  if (leaving_) see_off(*leaving_);
  leaving_ = std::move(worker_);
  leaving_->close_input();
}

void WorkerSlot::finish_crashed(const ExitStatus& status, MonotonicTime now) {
  const bool was_ready = worker_->ready();
  if (!was_ready && (status.signal == 0 || ++failed_starts_ >= kFailedStarts)) throw worker_->start_error(status);
  if (was_ready) failed_starts_ = 0;
  if (attempt_) {
    std::string words = last_words_of_file(log_path(attempt_->folder(), "stderr", attempt_->launch().attempt));
    if (words.empty()) words = worker_->last_words();
    settle_unasked_stop(status.code);
    attempt_->settle_kill(status.signal, *setup_.oom);
    if (!attempt_->asked_to_stop() && status.code == 0)
      attempt_->settle(FailureClass::crash, "the worker ended in the middle of the trial");
    events_.push_back(attempt_->end(status.code, status.signal, std::move(words), now));
    attempt_.reset();
  }
  worker_.reset();
}

void WorkerSlot::read_worker(MonotonicTime now) {
  worker_->read(
      now, [&](const ReportLine& line) { take_line(line, now); },
      [&](std::string_view line) {
        if (attempt_) attempt_->take_unreadable(line);
      });
}

void WorkerSlot::climb(MonotonicTime now) {
  switch (attempt_->advance(now)) {
    case StopLadder::Step::none:
      break;
    case StopLadder::Step::terminate:
      spent_ = true;
      worker_->signal(SIGTERM);
      break;
    case StopLadder::Step::kill:
      worker_->signal(SIGKILL);
      break;
    case StopLadder::Step::give_up:
      attempt_->settle(FailureClass::crash,
                       fmt::format("the worker (pid {}) cannot be killed; its slot is left", worker_->pid()));
      events_.push_back(attempt_->end(-1, SIGKILL, {}, now));
      attempt_.reset();
      unusable_ = true;
      break;
  }
}

void WorkerSlot::advance(MonotonicTime now) {
  if (leaving_) {
    leaving_->read(
        now, [](const ReportLine&) {}, [](std::string_view) {});
    if (leaving_->try_end()) leaving_.reset();
  }
  if (!worker_) return;
  read_worker(now);
  if (const std::optional<ExitStatus> status = worker_->try_end()) {
    read_worker(now);
    finish_crashed(*status, now);
  } else if (attempt_) {
    climb(now);
  } else if (spent_ || trials_done_ >= kTrialsPerWorker) {
    retire_worker();
  }
}

void WorkerSlot::kill() {
  for (WorkerProcess* worker : {worker_.get(), leaving_.get()})
    if (worker != nullptr) worker->signal(SIGKILL);
  attempt_.reset();
}

}  // namespace hone
