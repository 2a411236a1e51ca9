#include "cli/trial_attempts.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/format.h"
#include "core/text.h"

namespace hone {

namespace {

bool ends_attempt(EventKind kind) {
  switch (kind) {
    case EventKind::rested:
    case EventKind::attempt_ended:
    case EventKind::completed:
    case EventKind::stopped:
    case EventKind::failed:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::vector<TrialAttempt> attempts_of(const std::vector<Event>& events, std::int64_t trial) {
  std::vector<TrialAttempt> attempts;
  std::int64_t launched_us = 0;
  for (const Event& event : events) {
    if (event.trial != trial) continue;
    const nlohmann::json body = nlohmann::json::parse(event.body, nullptr, /*allow_exceptions=*/false);
    if (event.kind == EventKind::launched) {
      TrialAttempt attempt;
      attempt.number = event.attempt.value_or(static_cast<std::int64_t>(attempts.size()) + 1);
      if (body.is_object()) {
        attempt.budget = body.value("budget", 0.0);
        attempt.resume = body.value("resume", std::string());
      }
      attempts.push_back(attempt);
      launched_us = event.time_us;
    } else if (ends_attempt(event.kind) && !attempts.empty()) {
      TrialAttempt& attempt = attempts.back();
      // A failed trial's attempt ends with its class first; that says more than `failed`.
      if (event.kind == EventKind::failed && attempt.end != "running") continue;
      attempt.end = name_of(event.kind);
      const std::string failure = body.is_object() ? body.value("class", std::string()) : "";
      if (!failure.empty() && failure != "none") attempt.end = failure;
      attempt.seconds = static_cast<double>(event.time_us - launched_us) / 1e6;
      if (body.is_object()) attempt.seconds = body.value("seconds", attempt.seconds);
    }
  }
  return attempts;
}

std::string attempt_text(const TrialAttempt& attempt, const std::string& unit) {
  std::string text = fmt::format("{}:", attempt.number);
  if (attempt.budget > 0) text += " to " + format_units(attempt.budget, unit);
  if (!attempt.resume.empty()) text += " from " + without_controls(attempt.resume);
  text += attempt.budget > 0 || !attempt.resume.empty() ? ", " : " ";
  return text + (attempt.end == "running" ? "running" : attempt.end + " after " + format_seconds(attempt.seconds));
}

}  // namespace hone
