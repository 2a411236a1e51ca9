#include "cli/ask_tell/line_reader.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace hone {

namespace {

constexpr std::size_t kBlockBytes = 64 * 1024;

}  // namespace

LineReader::LineReader(int fd, std::size_t longest, std::function<bool()> leave)
    : fd_(fd), longest_(longest), leave_(std::move(leave)) {}

std::optional<InputLine> LineReader::next() {
  InputLine line;
  bool any = false;
  while (true) {
    if (used_ == block_.size() && !fill()) break;
    any = true;
    const std::size_t end = block_.find('\n', used_);
    const std::size_t length = (end == std::string::npos ? block_.size() : end) - used_;
    if (line.text.size() + length > longest_) line = {.text = {}, .too_long = true};
    if (!line.too_long) line.text.append(block_, used_, length);
    used_ += length;
    if (end == std::string::npos) continue;
    ++used_;
    break;
  }
  if (!any || leave_()) return std::nullopt;
  return line;
}

/// The next block of input; false at its end or when it is time to leave.
bool LineReader::fill() {
  used_ = 0;
  block_.resize(kBlockBytes);
  ssize_t count = -1;
  while (!leave_()) {
    count = ::read(fd_, block_.data(), block_.size());
    if (count >= 0 || errno != EINTR) break;
  }
  block_.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return count > 0;
}

}  // namespace hone
