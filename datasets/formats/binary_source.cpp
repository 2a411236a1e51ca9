#include "datasets/formats/binary_source.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/error.h"
#include "core/files.h"
#include "core/text.h"
#include "datasets/data_format.h"

namespace hone {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b";
/// A gzip file may grow to this much, or to kMaxExpansion times its size when that is more (reliability.md §10).
constexpr std::uint64_t kAlwaysAllowedBytes = 100 << 20;
constexpr std::uint64_t kMaxExpansion = 200;

/// zlib's inflate state, set up for gzip.
class Inflater {
 public:
  Inflater() { ready_ = inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK; }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  bool ready() const { return ready_; }
  z_stream* operator->() { return &stream_; }
  z_stream* get() { return &stream_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

[[noreturn]] void throw_damaged(const std::string& file, std::string_view how) {
  throw Error("data::damaged-gzip", "gzip file `" + file + "` " + std::string(how), Place{file});
}

std::string read_whole(const std::string& file) {
  std::error_code problem;
  const std::filesystem::path path(file);
  if (!std::filesystem::exists(path, problem)) {
    throw_no_source(file);
  }
  if (std::filesystem::is_directory(path, problem)) {
    throw Error("data::no-source", "data file `" + file + "` is a folder");
  }
  return read_file(path);
}

}  // namespace

std::string gunzip(const std::string& bytes, const std::string& file) {
  Inflater inflater;
  if (!inflater.ready()) throw_damaged(file, "cannot be unpacked: zlib does not start");
  const std::uint64_t most = std::max(kAlwaysAllowedBytes, kMaxExpansion * bytes.size());
  std::string text;
  std::array<char, 1 << 16> piece;
  std::size_t next = 0;
  bool inside = true;
  while (inside || next < bytes.size()) {
    const std::size_t given = std::min<std::size_t>(bytes.size() - next, 1 << 20);
    inflater->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + next));
    inflater->avail_in = static_cast<uInt>(given);
    inflater->next_out = reinterpret_cast<Bytef*>(piece.data());
    inflater->avail_out = static_cast<uInt>(piece.size());
    const int status = inflate(inflater.get(), Z_NO_FLUSH);
    next += given - inflater->avail_in;
    text.append(piece.data(), piece.size() - inflater->avail_out);
    if (text.size() > most)
      throw_damaged(file, "unpacks to more than " + format_bytes(static_cast<std::int64_t>(most)));
    if (status == Z_STREAM_END) {
      inside = false;
      if (next < bytes.size()) inside = inflateReset(inflater.get()) == Z_OK;
    } else if (status == Z_BUF_ERROR || (status == Z_OK && next == bytes.size() && inflater->avail_out > 0)) {
      throw_damaged(file, "ends too early: it was cut off");
    } else if (status != Z_OK) {
      throw_damaged(file, "is damaged: its content does not fit its checksum");
    }
  }
  return text;
}

std::string read_binary_source(const std::string& file) {
  std::string bytes = read_whole(file);
  if (bytes.starts_with(kGzipMagic)) return gunzip(bytes, file);
  if (file.ends_with(".gz")) throw_damaged(file, "is no gzip file");
  return bytes;
}

}  // namespace hone
