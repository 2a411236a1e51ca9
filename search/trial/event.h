#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hone {

/// The kinds of reliability.md §3 that exist so far. Names in the store are the enumerators' names.
enum class EventKind {
  study_opened,
  spec_changed,
  code_changed,
  space_migrated,
  enqueued,
  decided,
  asked,
  answered,
  launched,
  reported,
  checkpointed,
  rested,
  promoted,
  stop_requested,
  attempt_ended,
  completed,
  stopped,
  failed,
  budget_changed,
  compressed,
  closed,
};
std::string_view name_of(EventKind kind);
std::optional<EventKind> event_kind_named(std::string_view name);

/// One appended fact. The study's state is the fold over its events; nothing else is stored.
struct Event {
  /// From 1, without gaps, given by the writer.
  std::int64_t seq = 0;
  EventKind kind = EventKind::study_opened;
  std::optional<std::int64_t> trial;
  std::optional<std::int64_t> attempt;
  /// Wall clock, µs since 1970: for display only, orders nothing.
  std::int64_t time_us = 0;
  /// Canonical JSON object (members by kind: search/study.h).
  std::string body = "{}";
};

}  // namespace hone
