#include "search/executors/streams.h"

#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace hone {
namespace {

constexpr std::size_t kChunkBytes = 64 * 1024;

}  // namespace

std::optional<std::string_view> read_some(int fd, std::string& buffer) {
  buffer.resize(kChunkBytes);
  for (;;) {
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    if (got > 0) return std::string_view(buffer).substr(0, static_cast<std::size_t>(got));
    if (got == 0) return std::nullopt;
    if (errno == EAGAIN || errno == EWOULDBLOCK) return std::string_view{};
    if (errno != EINTR) return std::nullopt;
  }
}

bool write_some(int fd, std::string& pending) {
  while (!pending.empty()) {
    const ssize_t written = write(fd, pending.data(), pending.size());
    if (written >= 0) {
      pending.erase(0, static_cast<std::size_t>(written));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return true;
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

void watch_for_input(const FileDescriptor& fd, std::vector<pollfd>& watched) {
  if (fd.open()) watched.push_back({fd.get(), POLLIN, 0});
}

}  // namespace hone
