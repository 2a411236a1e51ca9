#include "cli/deadline.h"

#include <time.h>

#include <cstdio>
#include <optional>

#include "core/error.h"
#include "core/text.h"

namespace hone {

namespace {

using Clock = std::chrono::system_clock;

bool is_time_of_day(int hour, int minute) { return hour >= 0 && hour < 24 && minute >= 0 && minute < 60; }

/// "06:00" as the next such moment of local time.
std::optional<Clock::time_point> next_time_of_day(const std::string& text, Clock::time_point now) {
  int hour = 0;
  int minute = 0;
  int used = 0;
  if (std::sscanf(text.c_str(), "%2d:%2d%n", &hour, &minute, &used) != 2 || used != static_cast<int>(text.size()) ||
      !is_time_of_day(hour, minute)) {
    return std::nullopt;
  }
  const std::time_t seconds = Clock::to_time_t(now);
  std::tm local{};
  localtime_r(&seconds, &local);
  local.tm_hour = hour;
  local.tm_min = minute;
  local.tm_sec = 0;
  local.tm_isdst = -1;
  std::tm tomorrow = local;
  const Clock::time_point today = Clock::from_time_t(mktime(&local));
  if (today > now) return today;
  ++tomorrow.tm_mday;
  return Clock::from_time_t(mktime(&tomorrow));
}

std::optional<Clock::time_point> rfc3339(const std::string& text) {
  std::tm parts{};
  int used = 0;
  const int read = std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%n", &parts.tm_year, &parts.tm_mon, &parts.tm_mday,
                               &parts.tm_hour, &parts.tm_min, &parts.tm_sec, &used);
  if (read != 6 || !is_time_of_day(parts.tm_hour, parts.tm_min)) return std::nullopt;
  parts.tm_year -= 1900;
  parts.tm_mon -= 1;
  const std::string zone = text.substr(static_cast<std::size_t>(used));
  int offset_minutes = 0;
  if (zone != "Z") {
    char sign = '+';
    int hour = 0;
    int minute = 0;
    int end = 0;
    const int got = std::sscanf(zone.c_str(), "%c%2d:%2d%n", &sign, &hour, &minute, &end);
    const bool is_signed = sign == '+' || sign == '-';
    if (got != 3 || !is_signed || end != static_cast<int>(zone.size()) || !is_time_of_day(hour, minute)) {
      return std::nullopt;
    }
    offset_minutes = (sign == '-' ? -1 : 1) * (hour * 60 + minute);
  }
  return Clock::from_time_t(timegm(&parts)) - std::chrono::minutes(offset_minutes);
}

}  // namespace

Clock::time_point parse_deadline(const std::string& text, Clock::time_point now) {
  const auto refuse = [&](const std::string& why) {
    return Error("usage::bad-deadline", "--deadline " + why + " (is `" + without_controls(text) + "`)");
  };
  if (const auto seconds = parse_duration_seconds(text)) {
    return now + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*seconds));
  }
  if (const auto moment = next_time_of_day(text, now)) return *moment;
  const auto moment = rfc3339(text);
  if (!moment) throw refuse("is a time of day 06:00, a moment 2026-11-25T06:00:00Z or a duration 2h");
  if (*moment <= now) throw refuse("has passed");
  return *moment;
}

}  // namespace hone
