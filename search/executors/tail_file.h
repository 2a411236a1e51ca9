#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "core/process.h"
#include "search/executors/line_buffer.h"

namespace hone {

/// Follows a file that a trainer appends to; it may appear late. Only a regular file is read, never through a link.
class TailFile {
 public:
  /// What is in the file now belongs to an earlier attempt and is skipped.
  TailFile(std::filesystem::path path, std::size_t longest_line);

  /// Hands over the lines that have been completed since; a file that became shorter is read from its start.
  void read(const std::function<void(std::string_view)>& on_line);
  /// The same at the end of the attempt, with a last line that has no newline.
  void finish(const std::function<void(std::string_view)>& on_line);

 private:
  void open_if_there();

  std::filesystem::path path_;
  FileDescriptor file_;
  std::int64_t offset_ = 0;
  LineBuffer lines_;
};

}  // namespace hone
