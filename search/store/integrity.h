#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "search/trial/event.h"

namespace hone {

/// SQLite does not notice changed bytes in a row, and silently cuts a damaged write-ahead log to its good beginning
/// (reliability.md §3). So every event carries a checksum, and `study.head` says how far the store once reached.

/// CRC-32C over all columns of an event.
std::uint32_t checksum(const Event& event);

/// The newest event at some moment after a durable commit.
struct StoreHead {
  std::int64_t seq = 0;
  std::uint32_t crc = 0;
};

/// Writes `folder`/study.head by rename, without fsync: after a power cut it may be old, which is harmless.
void write_head(const std::filesystem::path& folder, const StoreHead& head);
/// Nothing when there is none yet (or it is empty, as some file systems leave it after a power cut). Throws
/// Error("store::damaged", exit 8) when it cannot be understood.
std::optional<StoreHead> load_head(const std::filesystem::path& folder);

}  // namespace hone
