#include "search/executors/outcome.h"

#include <fmt/format.h>
#include <signal.h>
#include <string.h>

#include <array>
#include <string_view>

#include "core/text.h"

namespace hone {
namespace {

/// What allocators say when there is no memory (trainers.md §3).
constexpr std::array<std::string_view, 6> kOutOfMemoryTexts = {
    "CUDA out of memory", "CUDA_ERROR_OUT_OF_MEMORY", "CUBLAS_STATUS_ALLOC_FAILED", "std::bad_alloc",
    "MemoryError",        "not enough memory",
};

std::string last_line(const std::string& text) {
  const std::string_view trimmed = trim(text);
  const std::size_t newline = trimmed.rfind('\n');
  return std::string(trim(newline == std::string_view::npos ? trimmed : trimmed.substr(newline + 1)));
}

std::string ending_of(const AttemptEnd& end) {
  if (end.signal == 0) return fmt::format("exit code {}", end.code);
  const char* name = sigabbrev_np(end.signal);
  return name != nullptr ? fmt::format("killed by SIG{}", name) : fmt::format("killed by signal {}", end.signal);
}

/// One line that stands alone, then the last lines of stderr when there are more than one.
std::string with_last_words(std::string first, const std::string& last_words) {
  const std::string line = last_line(last_words);
  if (line.empty()) return first;
  first += ": " + line;
  const std::string_view all = trim(last_words);
  if (all.find('\n') != std::string_view::npos) first.append("\n").append(all);
  return first;
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += fmt::format("{}`{}`", text.empty() ? "" : ", ", name);
  return text;
}

std::string no_result_message(const AttemptEnd& end) {
  std::string text =
      end.missing.empty() ? "ended without any report" : "ended without reporting " + quoted_list(end.missing);
  if (!end.reported.empty()) text += fmt::format(" (reported {})", quoted_list(end.reported));
  if (end.unreadable_lines > 0)
    text += fmt::format("; {} could not be read, the first: {}", count_of(end.unreadable_lines, "line"),
                        end.unreadable_example);
  return with_last_words(std::move(text), end.last_words);
}

bool says_out_of_memory(const std::string& last_words) {
  for (const std::string_view text : kOutOfMemoryTexts)
    if (last_words.find(text) != std::string::npos) return true;
  return false;
}

FailureClass class_of_exit(const AttemptEnd& end) {
  if (end.signal == SIGTERM) return FailureClass::preempted;  // nobody here sent it
  if (end.signal == 0) {
    switch (end.code) {
      case static_cast<int>(TrialExit::usage):
        return FailureClass::usage;
      case static_cast<int>(TrialExit::infeasible):
        return FailureClass::infeasible;
      case static_cast<int>(TrialExit::elsewhere):
        return FailureClass::preempted;
      case static_cast<int>(TrialExit::out_of_memory):
        return FailureClass::out_of_memory;
      default:
        break;
    }
  }
  return says_out_of_memory(end.last_words) ? FailureClass::out_of_memory : FailureClass::crash;
}

Outcome failed(FailureClass failure, std::string message) {
  Outcome outcome;
  outcome.failure = failure;
  outcome.message = std::move(message);
  return outcome;
}

Outcome stopped_as_asked(StopReason reason) {
  Outcome outcome;
  outcome.stopped = true;
  switch (reason) {
    case StopReason::stop:
      outcome.message = "stopped by the scheduler";
      break;
    case StopReason::cancel:
      outcome.failure = FailureClass::cancelled;
      outcome.message = "cancelled";
      break;
    case StopReason::preempt:
      outcome.failure = FailureClass::preempted;
      outcome.message = "interrupted";
      break;
  }
  return outcome;
}

}  // namespace

Outcome judge(const AttemptEnd& end) {
  if (end.settled != FailureClass::none) return failed(end.settled, with_last_words(end.settled_why, end.last_words));
  const bool done = end.signal == 0 && end.code == static_cast<int>(TrialExit::done);
  // Told to go, but it had done all it was asked: nothing is lost.
  if (end.asked && !(done && *end.asked == StopReason::preempt && end.missing.empty()))
    return stopped_as_asked(*end.asked);
  if (end.signal == 0 && end.code == static_cast<int>(TrialExit::stopped)) {
    Outcome outcome;
    outcome.stopped = true;
    outcome.message = "ended early by itself (exit code 77)";
    return outcome;
  }
  if (!done) return failed(class_of_exit(end), with_last_words(ending_of(end), end.last_words));
  const bool silent = end.reported.empty() || !end.missing.empty();
  if (silent && !end.resumed) return failed(FailureClass::no_result, no_result_message(end));
  return {};
}

}  // namespace hone
