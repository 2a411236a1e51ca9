#include "search/breakers.h"

#include <cctype>
#include <string_view>

#include "core/text.h"

namespace hone {

namespace {

constexpr std::int64_t kFailedAtStart = 5;
constexpr std::int64_t kNoResultInARow = 3;
constexpr int kEqualSignatures = 3;
constexpr std::size_t kFailuresInAMinute = 3;
constexpr std::int64_t kMinute = 60'000'000;

/// Class and last line with digits masked: what differs from trial to trial must not hide that the cause is one.
std::string signature_of(FailureClass failure, const std::string& message) {
  const std::string_view text = trim(message);
  const std::size_t newline = text.rfind('\n');
  std::string signature(name_of(failure));
  signature += ": ";
  for (const char c : newline == std::string_view::npos ? text : text.substr(newline + 1)) {
    signature.push_back(std::isdigit(static_cast<unsigned char>(c)) != 0 ? '#' : c);
  }
  return signature;
}

/// Somebody or something else ended the trial.
bool says_nothing(FailureClass failure) {
  return failure == FailureClass::preempted || failure == FailureClass::lost || failure == FailureClass::cancelled;
}

std::string first_line(const std::string& message) { return message.substr(0, message.find('\n')); }

}  // namespace

void Breakers::trial_succeeded() {
  any_success_ = true;
  in_a_row_ = 0;
  no_result_in_a_row_ = 0;
}

void Breakers::trial_failed(FailureClass failure, const std::string& message, std::int64_t time_us) {
  if (says_nothing(failure)) return;
  ++in_a_row_;
  no_result_in_a_row_ = failure == FailureClass::no_result ? no_result_in_a_row_ + 1 : 0;
  if (no_result_in_a_row_ >= kNoResultInARow) trip("3 trials in a row ended without the objective", message);
  if (in_a_row_ >= limit_) trip(std::to_string(in_a_row_) + " trials in a row failed", message);
  // That a configuration cannot work is a finding, not a sign of something broken.
  if (!any_success_ && failure != FailureClass::infeasible) judge_start(failure, message, time_us);
}

void Breakers::judge_start(FailureClass failure, const std::string& message, std::int64_t time_us) {
  if (++failed_at_start_ >= kFailedAtStart) trip("the first 5 trials all failed", message);
  if (++signatures_[signature_of(failure, message)] >= kEqualSignatures) {
    trip("3 trials failed in the same way and none succeeded", message);
  }
  start_times_us_.push_back(time_us);
  if (start_times_us_.size() > kFailuresInAMinute) start_times_us_.pop_front();
  if (start_times_us_.size() == kFailuresInAMinute && time_us - start_times_us_.front() <= kMinute) {
    trip("3 trials failed within 60 s and none succeeded", message);
  }
}

void Breakers::trip(const std::string& what, const std::string& message) {
  if (tripped_) return;
  std::string sentence = "the study was ended because " + what;
  if (!message.empty()) sentence += "; the last one: " + first_line(message);
  tripped_ = Error("study::breaker", sentence, {}, ExitCode::breaker);
}

}  // namespace hone
