#include "search/executors/log_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace hone {
namespace {

void write_at(int fd, std::string_view bytes, std::int64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = pwrite(fd, bytes.data(), bytes.size(), offset);
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += written;
  }
}

std::string read_at(int fd, std::int64_t offset, std::int64_t size) {
  std::string bytes(static_cast<std::size_t>(size), '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got =
        pread(fd, bytes.data() + filled, bytes.size() - filled, offset + static_cast<std::int64_t>(filled));
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace

LogFile::LogFile(std::filesystem::path path, std::int64_t head, std::int64_t total)
    : path_(std::move(path)), head_(head), total_(total) {}

LogFile::~LogFile() { close(); }

std::int64_t LogFile::offset_of(std::int64_t byte) const {
  return byte < head_ ? byte : head_ + (byte - head_) % ring();
}

void LogFile::add(std::string_view bytes) {
  if (size_ == 0 && !bytes.empty()) {
    file_ = FileDescriptor(open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
  }
  if (!file_.open()) return;
  while (!bytes.empty()) {
    const std::int64_t offset = offset_of(size_);
    const std::int64_t room = (size_ < head_ ? head_ : total_) - offset;
    const std::string_view piece = bytes.substr(0, static_cast<std::size_t>(room));
    write_at(file_.get(), piece, offset);
    size_ += static_cast<std::int64_t>(piece.size());
    bytes.remove_prefix(piece.size());
  }
}

void LogFile::close() {
  if (file_.open() && size_ > total_) {
    const std::string tail = read_at(file_.get(), head_, ring());
    const auto oldest = std::min(tail.size(), static_cast<std::size_t>(offset_of(size_) - head_));
    const std::string missing = fmt::format("\n[hone: {} bytes are missing here]\n", size_ - total_);
    write_at(file_.get(), missing + tail.substr(oldest) + tail.substr(0, oldest), head_);
  }
  file_.close();
}

}  // namespace hone
