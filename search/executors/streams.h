#pragma once

#include <poll.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/process.h"

namespace hone {

/// One read into `buffer`: the bytes, empty when there are none now; nothing at the end of the stream.
std::optional<std::string_view> read_some(int fd, std::string& buffer);

/// Writes what the descriptor takes now and removes it from `pending`; false when nobody reads any more.
bool write_some(int fd, std::string& pending);

/// Adds a descriptor to the set that poll() watches, when it is open.
void watch_for_input(const FileDescriptor& fd, std::vector<pollfd>& watched);

/// Reads what a non-blocking descriptor holds, at most about 1 MiB so that no stream starves the others, and calls
/// `on_bytes(std::string_view)`. Closes the descriptor at its end.
template <typename OnBytes>
void read_available(FileDescriptor& fd, OnBytes&& on_bytes) {
  constexpr int kReads = 16;
  std::string buffer;
  for (int i = 0; i < kReads && fd.open(); ++i) {
    const std::optional<std::string_view> bytes = read_some(fd.get(), buffer);
    if (!bytes) fd.close();
    if (!bytes || bytes->empty()) return;
    on_bytes(*bytes);
  }
}

}  // namespace hone
