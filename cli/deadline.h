#pragma once

#include <chrono>
#include <string>

namespace hone {

/// A moment as --deadline names it: "06:00" (the next one, local time), RFC 3339 ("2026-11-25T06:00:00Z", "+01:00"), or
/// a duration from `now` ("2h"). Throws Error("usage::bad-deadline"), also for a moment that has passed.
std::chrono::system_clock::time_point parse_deadline(const std::string& text,
                                                     std::chrono::system_clock::time_point now);

}  // namespace hone
