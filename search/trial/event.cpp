#include "search/trial/event.h"

#include <array>
#include <cstddef>

namespace hone {
namespace {

constexpr std::array<std::string_view, 21> kNames = {
    "study_opened",  "spec_changed", "code_changed", "space_migrated", "enqueued",       "decided",    "asked",
    "answered",      "launched",     "reported",     "checkpointed",   "rested",         "promoted",   "stop_requested",
    "attempt_ended", "completed",    "stopped",      "failed",         "budget_changed", "compressed", "closed"};
static_assert(kNames.size() == static_cast<std::size_t>(EventKind::closed) + 1);

}  // namespace

std::string_view name_of(EventKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<EventKind> event_kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<EventKind>(i);
  }
  return std::nullopt;
}

}  // namespace hone
