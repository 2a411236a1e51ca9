#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace hone {

/// A line of input without its end.
struct InputLine {
  std::string text;
  /// It was longer than the limit and is not kept.
  bool too_long = false;
};

/// Reads lines from a descriptor, holding no more than one line of the longest length and one block. A last line
/// without its end is a line too: it may be torn, which its reader finds out.
class LineReader {
 public:
  /// `leave` is asked before every read and after an interrupted one.
  LineReader(int fd, std::size_t longest, std::function<bool()> leave);

  /// The next line; nothing at the end of input or when `leave` says so.
  std::optional<InputLine> next();

 private:
  bool fill();

  int fd_;
  std::size_t longest_;
  std::function<bool()> leave_;
  std::string block_;
  std::size_t used_ = 0;
};

}  // namespace hone
