#include "search/store/integrity.h"

#include <charconv>
#include <string>

#include "core/error.h"
#include "core/files.h"
#include "core/hash.h"

namespace hone {

namespace {

void append_number(std::string& bytes, std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<char>(bits >> shift & 0xFF));
}

void append_number(std::string& bytes, const std::optional<std::int64_t>& value) {
  bytes.push_back(value ? '\1' : '\0');
  if (value) append_number(bytes, *value);
}

std::filesystem::path head_file(const std::filesystem::path& folder) { return folder / "study.head"; }

}  // namespace

std::uint32_t checksum(const Event& event) {
  std::string bytes;
  bytes.reserve(64);
  append_number(bytes, event.seq);
  bytes += name_of(event.kind);
  bytes.push_back('\0');
  append_number(bytes, event.trial);
  append_number(bytes, event.attempt);
  append_number(bytes, event.time_us);
  return crc32c(event.body, crc32c(bytes));
}

void write_head(const std::filesystem::path& folder, const StoreHead& head) {
  write_file(head_file(folder), std::to_string(head.seq) + " " + std::to_string(head.crc) + "\n", Durability::renamed);
}

std::optional<StoreHead> load_head(const std::filesystem::path& folder) {
  const std::optional<std::string> text = read_file_if_there(head_file(folder));
  if (!text || text->empty()) return std::nullopt;
  StoreHead head;
  const char* const end = text->data() + text->size();
  const auto [after_seq, seq_error] = std::from_chars(text->data(), end, head.seq);
  if (seq_error == std::errc() && after_seq != end && *after_seq == ' ') {
    const auto [after_crc, crc_error] = std::from_chars(after_seq + 1, end, head.crc);
    if (crc_error == std::errc() && std::string_view(after_crc, end) == "\n") return head;
  }
  throw Error("store::damaged", head_file(folder).string() + " is damaged: it must hold a number and a checksum", {},
              ExitCode::damaged);
}

}  // namespace hone
