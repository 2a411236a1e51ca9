#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/process.h"

namespace hone {

/// The captured output of a trial: the first `head` bytes and the last of `total` are kept, a line says what is missing
/// between them. The file appears with the first byte. Failing writes are ignored: a log is not worth a trial.
class LogFile {
 public:
  explicit LogFile(std::filesystem::path path, std::int64_t head = 1 << 20, std::int64_t total = 16 << 20);
  /// close()
  ~LogFile();
  LogFile(LogFile&&) = default;
  LogFile& operator=(LogFile&&) = default;

  void add(std::string_view bytes);
  /// Puts head, missing line and tail in order. While it is open a file that overflowed holds its tail as a ring.
  void close();

 private:
  std::int64_t ring() const { return total_ - head_; }
  std::int64_t offset_of(std::int64_t byte) const;

  std::filesystem::path path_;
  std::int64_t head_;
  std::int64_t total_;
  std::int64_t size_ = 0;
  FileDescriptor file_;
};

}  // namespace hone
