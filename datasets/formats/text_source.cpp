#include "datasets/formats/text_source.h"

#include <cstddef>
#include <string_view>

#include "core/error.h"
#include "core/unicode.h"
#include "datasets/formats/binary_source.h"

namespace hone {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
void require_text(std::string_view text, const std::string& file) {
  Place place{file, 1, 1, 1, 1};
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_code_point(text, at);
    if (!point.valid || point.value == 0) {
      place.end_line = place.line;
      place.end_column = place.column + 1;
      throw Error("data::not-text",
                  "`" + file + "` is no text: " + (point.valid ? "it holds a zero byte" : "a byte is not UTF-8"),
                  place);
    }
    place.column += 1;
    if (point.value == U'\n') place = Place{file, place.line + 1, 1, 1, 1};
    at += point.bytes;
  }
}

}  // namespace

std::string read_text_source(const std::string& file) {
  std::string text = read_binary_source(file);
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  require_text(text, file);
  return text;
}

}  // namespace hone
