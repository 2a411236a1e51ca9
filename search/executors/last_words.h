#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace hone {

/// The last 20 lines of a text, made fit to print: valid UTF-8 without control characters, at most 4 KiB.
std::string last_words_of(std::string_view text);
/// The same of a file; empty when it cannot be read.
std::string last_words_of_file(const std::filesystem::path& path);

/// Remembers the end of a stream in bounded memory.
class LastWords {
 public:
  void add(std::string_view bytes);
  std::string text() const { return last_words_of(tail_); }
  void clear() { tail_.clear(); }

 private:
  std::string tail_;
};

}  // namespace hone
