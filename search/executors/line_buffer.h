#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace hone {

/// Cuts a byte stream into lines. Of a line longer than `longest` bytes only longest + 1 are kept, so that whoever
/// reads it sees that it is too long; memory stays bounded.
class LineBuffer {
 public:
  explicit LineBuffer(std::size_t longest) : longest_(longest) {}

  /// Calls `on_line(std::string_view)`, without the newline, for every line that `bytes` completes.
  template <typename OnLine>
  void feed(std::string_view bytes, OnLine&& on_line) {
    for (;;) {
      const std::size_t newline = bytes.find('\n');
      keep(bytes.substr(0, newline));
      if (newline == std::string_view::npos) return;
      on_line(std::string_view(line_));
      line_.clear();
      bytes.remove_prefix(newline + 1);
    }
  }

  /// At the end of the stream: a last line without a newline.
  template <typename OnLine>
  void finish(OnLine&& on_line) {
    if (!line_.empty()) on_line(std::string_view(line_));
    line_.clear();
  }

 private:
  void keep(std::string_view part) {
    if (line_.size() <= longest_) line_.append(part.substr(0, longest_ + 1 - line_.size()));
  }

  std::size_t longest_;
  std::string line_;
};

}  // namespace hone
