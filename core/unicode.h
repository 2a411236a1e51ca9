#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hone {

/// One code point of a UTF-8 text and the bytes it took.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
  /// False for a byte that belongs to no code point; its value is U+FFFD then.
  bool valid = true;
};

/// The code point that begins at byte `at` (which must be inside the text). Overlong forms, surrogates and values above
/// U+10FFFF are invalid bytes.
CodePoint decode_code_point(std::string_view text, std::size_t at);

/// All code points of a text; U+FFFD for each invalid byte.
std::u32string to_code_points(std::string_view text);
/// Appends a code point as UTF-8.
void append_utf8(std::string& text, char32_t code_point);

/// Terminal columns of a code point: 0 for combining marks, 2 for East Asian wide ones and emoji, else 1.
int columns_of(char32_t code_point);

}  // namespace hone
