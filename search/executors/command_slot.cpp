#include "search/executors/command_slot.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <chrono>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "search/executors/metric_files.h"
#include "search/executors/output_pairs.h"
#include "search/executors/streams.h"
#include "search/executors/trial_folder.h"

namespace hone {
namespace {

constexpr std::string_view kOutputPrefix = "@hone ";
/// Longest line that a regex sees.
constexpr std::size_t kLongestOutputLine = 64 * 1024;
/// After so many lines that cannot be read nobody tries any more.
constexpr int kUnreadableLimit = 1000;
constexpr int kReapMilliseconds = 2000;
/// The kernel stamps files with the time of its last tick.
constexpr std::chrono::milliseconds kCoarseClock{20};

}  // namespace

CommandSlot::Run::Run(Attempt attempt_in, const CommandSetup& setup)
    : attempt(std::move(attempt_in)),
      stdout_lines(kLongestOutputLine),
      report_lines(kMaxLineBytes),
      stdout_log(log_path(attempt.folder(), "stdout", attempt.launch().attempt)),
      stderr_log(log_path(attempt.folder(), "stderr", attempt.launch().attempt)),
      report_file(attempt.folder() / fmt::format("report.{}.jsonl", attempt.launch().attempt), kMaxLineBytes),
      found(setup.rules.objectives),
      started(std::filesystem::file_time_type::clock::now() - kCoarseClock) {
  if (!setup.metrics_file.empty()) metrics_file.emplace(attempt.folder() / setup.metrics_file, kLongestOutputLine);
}

CommandSlot::CommandSlot(const CommandSetup& setup, std::vector<int> cores, std::string gpu, EventQueue& events)
    : setup_(setup),
      cores_(std::move(cores)),
      gpu_(std::move(gpu)),
      events_(events),
      inotify_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

CommandSlot::~CommandSlot() { kill(); }

void CommandSlot::start(const Launch& launch) {
  const std::filesystem::path folder = make_trial_folder(setup_.study_folder, launch);
  ProcessOptions options = command_process(setup_, launch, folder);
  options.cores = cores_;
  if (!gpu_.empty()) options.environment["CUDA_VISIBLE_DEVICES"] = gpu_;
  folder_watch_ = inotify_add_watch(inotify_.get(), folder.c_str(), IN_MODIFY | IN_CREATE | IN_MOVED_TO);
  run_.emplace(Attempt(launch, folder, setup_.rules, monotonic_now()), setup_);
  try {
    run_->process = spawn(options);
    setup_.guard->add(run_->process.pid);
  } catch (const Error& error) {
    run_->attempt.settle(FailureClass::environment, error.diagnostics().front().message);
    events_.push_back(run_->attempt.end(-1, 0, {}, monotonic_now()));
    run_.reset();
  }
}

void CommandSlot::stop(StopReason reason, MonotonicTime now) {
  if (run_) run_->attempt.ask_to_stop(reason, now);
}

std::optional<std::int64_t> CommandSlot::trial() const {
  if (!run_) return std::nullopt;
  return run_->attempt.launch().trial;
}

void CommandSlot::watch(std::vector<pollfd>& watched) const {
  if (!run_) return;
  watch_for_input(run_->process.pidfd, watched);
  watch_for_input(run_->process.stdout_pipe, watched);
  watch_for_input(run_->process.stderr_pipe, watched);
  watch_for_input(run_->process.report_pipe, watched);
  watch_for_input(inotify_, watched);
}

std::optional<MonotonicTime> CommandSlot::next_time() const {
  if (!run_) return std::nullopt;
  return run_->attempt.next_time();
}

void CommandSlot::take_report(std::string_view text, MonotonicTime now) {
  if (trim(text).empty() || run_->attempt.unreadable_lines() > kUnreadableLimit) return;
  std::optional<ReportLine> line = parse_report_line(text);
  if (line && setup_.automatic && (!line->metrics.empty() || line->non_finite))
    take_found(MetricSource::report, std::move(*line), now);
  else if (line)
    run_->attempt.take(*line, now, events_);
  else
    run_->attempt.take_unreadable(text);
}

void CommandSlot::take_metrics(std::string_view text, MonotonicTime now) {
  if (const std::optional<ReportLine> line = setup_.read_line(text)) run_->attempt.take(*line, now, events_);
}

void CommandSlot::take_found(MetricSource source, ReportLine line, MonotonicTime now) {
  run_->attempt.heard(now);
  for (const ReportLine& report : run_->found.take(source, std::move(line))) run_->attempt.take(report, now, events_);
}

/// What was held back, and where nothing was found the files of loggers.
void CommandSlot::finish_found(MonotonicTime now) {
  AutoMetrics& found = run_->found;
  if (!found.has_all() && setup_.names_folder) {
    for (ReportLine& line : read_metric_files(run_->attempt.folder(), run_->started))
      take_found(MetricSource::file, std::move(line), now);
  }
  for (const ReportLine& report : found.finish()) run_->attempt.take(report, now, events_);
  const bool is_first = run_->attempt.launch().trial == 0 && run_->attempt.launch().attempt == 1;
  if (const std::string text = found.found(); is_first && !text.empty())
    events_.push_back(ExecutorNote{"metrics: " + text});
}

void CommandSlot::take_output(std::string_view text, MonotonicTime now) {
  if (text.starts_with(kOutputPrefix))
    take_report(text.substr(kOutputPrefix.size()), now);
  else if (setup_.read_line && setup_.metrics_file.empty())
    take_metrics(text, now);
  else if (!setup_.automatic)
    return;
  else if (std::optional<ReportLine> json = read_json_line(text))
    take_found(MetricSource::json, std::move(*json), now);
  else if (std::optional<ReportLine> pairs = read_pairs(text))
    take_found(MetricSource::pairs, std::move(*pairs), now);
}

void CommandSlot::read(MonotonicTime now) {
  Run& run = *run_;
  read_available(run.process.report_pipe, [&](std::string_view bytes) {
    run.report_lines.feed(bytes, [&](std::string_view line) { take_report(line, now); });
  });
  read_available(run.process.stdout_pipe, [&](std::string_view bytes) {
    run.stdout_log.add(bytes);
    run.stdout_lines.feed(bytes, [&](std::string_view line) { take_output(line, now); });
  });
  read_available(run.process.stderr_pipe, [&](std::string_view bytes) {
    run.stderr_log.add(bytes);
    run.last_words.add(bytes);
  });
  read_available(inotify_, [](std::string_view) {});
  run.report_file.read([&](std::string_view line) { take_report(line, now); });
  if (run.metrics_file) run.metrics_file->read([&](std::string_view line) { take_metrics(line, now); });
}

void CommandSlot::finish(const ExitStatus& status, MonotonicTime now) {
  read(now);
  Run& run = *run_;
  run.report_lines.finish([&](std::string_view line) { take_report(line, now); });
  run.stdout_lines.finish([&](std::string_view line) { take_output(line, now); });
  run.report_file.finish([&](std::string_view line) { take_report(line, now); });
  if (run.metrics_file) run.metrics_file->finish([&](std::string_view line) { take_metrics(line, now); });
  if (setup_.automatic) finish_found(now);
  run.attempt.settle_kill(status.signal, *setup_.oom);
  events_.push_back(run.attempt.end(status.code, status.signal, run.last_words.text(), now));
  forget_run();
}

void CommandSlot::forget_run() {
  inotify_rm_watch(inotify_.get(), folder_watch_);
  setup_.guard->remove(run_->process.pid);
  run_.reset();
}

void CommandSlot::climb(MonotonicTime now) {
  Run& run = *run_;
  switch (run.attempt.advance(now)) {
    case StopLadder::Step::none:
      break;
    case StopLadder::Step::terminate:
      signal_group(run.process, SIGTERM);
      break;
    case StopLadder::Step::kill:
      signal_group(run.process, SIGKILL);
      break;
    case StopLadder::Step::give_up:
      run.attempt.settle(FailureClass::crash,
                         fmt::format("process {} cannot be killed; its slot is left", run.process.pid));
      events_.push_back(run.attempt.end(-1, SIGKILL, run.last_words.text(), now));
      forget_run();
      unusable_ = true;
      break;
  }
}

void CommandSlot::advance(MonotonicTime now) {
  if (!run_) return;
  if (const std::optional<ExitStatus> status = try_reap(run_->process)) {
    finish(*status, now);
    return;
  }
  read(now);
  climb(now);
}

void CommandSlot::kill() {
  if (!run_) return;
  signal_group(run_->process, SIGKILL);
  pollfd watched{run_->process.pidfd.get(), POLLIN, 0};
  poll(&watched, 1, kReapMilliseconds);
  try_reap(run_->process);
  forget_run();
}

}  // namespace hone
