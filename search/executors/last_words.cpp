#include "search/executors/last_words.h"

#include <fstream>

#include "core/text.h"

namespace hone {
namespace {

constexpr std::size_t kMaxBytes = 4096;
constexpr int kMaxLines = 20;

}  // namespace

std::string last_words_of(std::string_view text) {
  if (text.size() > kMaxBytes) text.remove_prefix(text.size() - kMaxBytes);
  text = trim(text);
  std::size_t begin = text.size();
  for (int lines = 0; lines < kMaxLines && begin != std::string_view::npos && begin > 0; ++lines)
    begin = text.rfind('\n', begin - 1);
  if (begin != std::string_view::npos && begin < text.size()) text.remove_prefix(begin == 0 ? 0 : begin + 1);
  return without_controls(text);
}

std::string last_words_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return {};
  const auto size = static_cast<std::size_t>(file.tellg());
  std::string tail(std::min(size, kMaxBytes), '\0');
  file.seekg(static_cast<std::streamoff>(size - tail.size()));
  file.read(tail.data(), static_cast<std::streamsize>(tail.size()));
  return last_words_of(tail);
}

void LastWords::add(std::string_view bytes) {
  if (bytes.size() > kMaxBytes) bytes.remove_prefix(bytes.size() - kMaxBytes);
  if (tail_.size() + bytes.size() > 2 * kMaxBytes) tail_.erase(0, tail_.size() - kMaxBytes);
  tail_ += bytes;
}

}  // namespace hone
