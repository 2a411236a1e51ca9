#include "search/executors/attempt.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <utility>

#include "core/files.h"
#include "core/text.h"

namespace hone {
namespace {

double seconds_between(MonotonicTime from, MonotonicTime to) {
  return std::chrono::duration<double>(to - from).count();
}

/// The file named by a checkpoint line as a name in the trial folder; nothing when it lies elsewhere.
std::optional<std::string> name_in_folder(const std::filesystem::path& file, const std::filesystem::path& folder) {
  const std::filesystem::path name = (folder / file).lexically_normal().lexically_relative(folder.lexically_normal());
  if (name.empty() || name == "." || *name.begin() == "..") return std::nullopt;
  return name.string();
}

std::optional<FailureClass> class_of_status(std::string_view status) {
  for (const FailureClass failure : {FailureClass::infeasible, FailureClass::non_finite, FailureClass::out_of_memory})
    if (status == name_of(failure)) return failure;
  return std::nullopt;
}

}  // namespace

std::string_view word_of(StopReason reason) {
  switch (reason) {
    case StopReason::stop:
      return "stop";
    case StopReason::cancel:
      return "cancel";
    case StopReason::preempt:
      break;
  }
  return "preempt";
}

Attempt::Attempt(const Launch& launch, std::filesystem::path folder, const AttemptRules& rules, MonotonicTime started)
    : launch_(launch),
      folder_(std::move(folder)),
      rules_(rules),
      started_(started),
      last_report_(started),
      ladder_(rules.soft_grace, rules.grace) {}

void Attempt::take(const ReportLine& line, MonotonicTime now, EventQueue& events) {
  if (!line.metrics.empty() || !line.checkpoint.empty()) last_report_ = now;
  for (const std::string& name : line.non_finite_metrics) {
    reported_.insert(name);
    if (std::find(rules_.objectives.begin(), rules_.objectives.end(), name) == rules_.objectives.end()) continue;
    settle(FailureClass::non_finite, line.step ? fmt::format("`{}` was not finite at step {}", name, *line.step)
                                               : fmt::format("`{}` was not finite", name));
    begin_ladder(StopReason::stop, now);
  }
  if (const auto failure = class_of_status(line.status)) {
    settle(*failure, line.why.empty() ? line.status : line.status + ": " + line.why);
    begin_ladder(StopReason::stop, now);
  }
  if (!line.metrics.empty()) forward_report(line, events);
  if (!line.checkpoint.empty()) forward_checkpoint(line, events);
}

double Attempt::step_of(const ReportLine& line) const {
  if (line.step) return *line.step;
  if (!line.final) return last_step_ + 1;
  if (last_step_ > 0) return last_step_;
  return launch_.budget > 0 ? launch_.budget : 1;
}

void Attempt::forward_report(const ReportLine& line, EventQueue& events) {
  LaunchReported report;
  report.trial = launch_.trial;
  report.attempt = launch_.attempt;
  report.step = step_of(line);
  report.metrics = line.metrics;
  report.final = line.final;
  last_step_ = report.step;
  for (const auto& [name, value] : line.metrics) reported_.insert(name);
  events.push_back(std::move(report));
}

void Attempt::forward_checkpoint(const ReportLine& line, EventQueue& events) {
  const std::optional<std::string> name = name_in_folder(line.checkpoint, folder_);
  if (!name) {
    take_unreadable(fmt::format("checkpoint `{}` is not in the trial's folder", line.checkpoint));
    return;
  }
  LaunchCheckpointed checkpoint;
  checkpoint.trial = launch_.trial;
  checkpoint.attempt = launch_.attempt;
  checkpoint.file = *name;
  checkpoint.step = line.step.value_or(last_step_);
  events.push_back(std::move(checkpoint));
}

void Attempt::take_unreadable(std::string_view line) {
  constexpr std::size_t kExampleBytes = 200;
  if (unreadable_lines_++ == 0) unreadable_example_ = without_controls(line.substr(0, kExampleBytes));
}

void Attempt::begin_ladder(StopReason word, MonotonicTime now) {
  if (ladder_.begun()) return;
  ladder_.begin(now);
  write_file(folder_ / "stop", std::string(word_of(word)) + "\n", Durability::renamed);
}

void Attempt::ask_to_stop(StopReason reason, MonotonicTime now) {
  if (asked_) return;
  asked_ = reason;
  begin_ladder(reason, now);
}

void Attempt::settle(FailureClass failure, std::string why) {
  if (settled_ != FailureClass::none) return;
  settled_ = failure;
  settled_why_ = std::move(why);
}

void Attempt::settle_kill(int signal, OomWatch& oom) {
  if (signal == SIGKILL && !asked_to_stop() && oom.has_risen())
    settle(FailureClass::out_of_memory, "killed by the kernel: out of memory");
}

StopLadder::Step Attempt::advance(MonotonicTime now) {
  if (!ladder_.begun()) {
    if (rules_.timeout && now >= after(started_, *rules_.timeout)) {
      settle(FailureClass::timeout, fmt::format("took longer than its timeout of {} s", format_short(*rules_.timeout)));
      begin_ladder(StopReason::stop, now);
    } else if (rules_.stall && now >= after(last_report_, *rules_.stall)) {
      settle(FailureClass::stalled, fmt::format("no report for {} s", format_short(*rules_.stall)));
      begin_ladder(StopReason::stop, now);
    }
  }
  return ladder_.take_due(now);
}

std::optional<MonotonicTime> Attempt::next_time() const {
  if (ladder_.begun()) return ladder_.next_time();
  std::optional<MonotonicTime> next;
  if (rules_.timeout) next = after(started_, *rules_.timeout);
  if (rules_.stall) {
    const MonotonicTime stalled = after(last_report_, *rules_.stall);
    next = next ? std::min(*next, stalled) : stalled;
  }
  return next;
}

LaunchExited Attempt::end(int code, int signal, std::string last_words, MonotonicTime now) const {
  AttemptEnd end;
  end.code = code;
  end.signal = signal;
  end.settled = settled_;
  end.settled_why = settled_why_;
  end.asked = asked_;
  for (const std::string& objective : rules_.objectives)
    if (!reported_.contains(objective)) end.missing.push_back(objective);
  end.reported.assign(reported_.begin(), reported_.end());
  end.resumed = !launch_.resume.empty();
  end.unreadable_lines = unreadable_lines_;
  end.unreadable_example = unreadable_example_;
  end.last_words = std::move(last_words);

  LaunchExited exited;
  exited.trial = launch_.trial;
  exited.attempt = launch_.attempt;
  exited.outcome = judge(end);
  exited.outcome.seconds = seconds_between(started_, now);
  return exited;
}

}  // namespace hone
