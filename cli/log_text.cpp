#include "cli/log_text.h"

#include "core/text.h"

namespace hone {

namespace {

/// Drops ESC [ … final byte, ESC ] … BEL and other two-byte escapes.
std::string without_escapes(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\x1b') {
      text += line[i];
      continue;
    }
    if (i + 1 >= line.size()) break;
    const char kind = line[++i];
    if (kind == '[') {
      while (i + 1 < line.size() && (line[i + 1] < 0x40 || line[i + 1] > 0x7e)) ++i;
      ++i;
    } else if (kind == ']') {
      while (i + 1 < line.size() && line[i + 1] != '\x07' && line[i + 1] != '\x1b') ++i;
      if (i + 1 < line.size()) i += line[i + 1] == '\x1b' ? 2 : 1;
    }
  }
  return text;
}

}  // namespace

std::string_view last_lines(std::string_view text, std::size_t lines) {
  if (lines == 0 || text.empty()) return text;
  std::size_t position = text.size();
  if (text.back() == '\n') --position;
  for (std::size_t i = 0; i < lines; ++i) {
    const std::size_t end = position == 0 ? std::string_view::npos : text.rfind('\n', position - 1);
    if (end == std::string_view::npos) return text;
    position = end;
  }
  return text.substr(position + 1);
}

std::string safe_log_text(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (const std::size_t last = line.rfind('\r'); last != std::string_view::npos) line = line.substr(last + 1);
    result += without_controls(without_escapes(line));
    if (end == std::string_view::npos) break;
    result += '\n';
    text = text.substr(end + 1);
  }
  return result;
}

}  // namespace hone
