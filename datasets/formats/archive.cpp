#include "datasets/formats/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "core/error.h"
#include "core/text.h"

namespace hone {
namespace {

constexpr std::int64_t kMostEntries = 200'000;
constexpr std::int64_t kMostFileBytes = std::int64_t{64} << 20;
constexpr std::int64_t kMostBytes = std::int64_t{20} << 30;
constexpr std::int64_t kAlwaysAllowedBytes = 100 << 20;
constexpr std::int64_t kMostExpansion = 200;
constexpr std::size_t kBlockBytes = 1 << 16;

class ArchiveReader {
 public:
  explicit ArchiveReader(const std::string& file) : file_(file), archive_(archive_read_new(), archive_read_free) {
    std::error_code problem;
    const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(file, problem));
    if (problem) refuse("cannot be read: " + problem.message());
    most_bytes_ = std::min(kMostBytes, std::max(kAlwaysAllowedBytes, kMostExpansion * bytes));
    archive_read_support_format_tar(archive_.get());
    archive_read_support_format_zip(archive_.get());
    archive_read_support_filter_gzip(archive_.get());
    archive_read_support_filter_xz(archive_.get());
    if (archive_read_open_filename(archive_.get(), file.c_str(), kBlockBytes) != ARCHIVE_OK) refuse_unreadable();
  }

  /// The next regular file; false at the end.
  bool next(ArchiveEntry& entry) {
    for (;;) {
      archive_entry* header = nullptr;
      const int status = archive_read_next_header(archive_.get(), &header);
      if (status == ARCHIVE_EOF) return false;
      if (status != ARCHIVE_OK) refuse_unreadable();
      if (++entry.number > kMostEntries) refuse("has more than 200,000 entries");
      number_ = entry.number;
      const char* name = archive_entry_pathname(header);
      entry.path = name == nullptr ? "" : name;
      check(entry.path, header);
      while (entry.path.starts_with("./")) entry.path.erase(0, 2);
      if (archive_entry_filetype(header) == AE_IFREG) return true;
    }
  }

  std::string content(const ArchiveEntry& entry) {
    std::string bytes;
    for (;;) {
      const std::size_t before = bytes.size();
      bytes.resize(before + kBlockBytes);
      const auto got = archive_read_data(archive_.get(), bytes.data() + before, kBlockBytes);
      if (got < 0) refuse_unreadable();
      bytes.resize(before + static_cast<std::size_t>(got));
      if (got == 0) return bytes;
      unpacked_ += got;
      if (std::ssize(bytes) > kMostFileBytes) refuse_entry(entry.path, "is larger than 64 MiB");
      if (unpacked_ > most_bytes_) refuse("unpacks to more than " + format_bytes(most_bytes_));
    }
  }

 private:
  void check(const std::string& path, archive_entry* header) {
    if (path.empty() || path.find('\0') != std::string::npos) refuse_entry(path, "has no name");
    if (path.starts_with('/')) refuse_entry(path, "has an absolute name");
    for (const std::string& part : split(path, '/')) {
      if (part == "..") refuse_entry(path, "points out of the archive");
    }
    const bool link = archive_entry_hardlink(header) != nullptr || archive_entry_symlink(header) != nullptr;
    const auto type = archive_entry_filetype(header);
    if (link) refuse_entry(path, "is a link");
    if (type != AE_IFREG && type != AE_IFDIR) refuse_entry(path, "is neither a file nor a folder");
    // A size that lies is met again when the content is read; this one saves the reading.
    if (archive_entry_size(header) > kMostFileBytes) refuse_entry(path, "is larger than 64 MiB");
  }

  [[noreturn]] void refuse(const std::string& why) const {
    throw Error("data::bad-archive", "archive `" + file_ + "` " + why, Place{file_});
  }

  [[noreturn]] void refuse_entry(const std::string& path, const std::string& why) const {
    refuse("is refused: entry " + std::to_string(number_) + ", `" + without_controls(path) + "`, " + why + " (byte " +
           std::to_string(archive_read_header_position(archive_.get())) + " of the unpacked archive)");
  }

  [[noreturn]] void refuse_unreadable() const {
    const char* words = archive_error_string(archive_.get());
    refuse("is damaged, was cut off, or is none" +
           (number_ > 0 ? " (after entry " + std::to_string(number_) + ")" : std::string()) + ": " +
           without_controls(words == nullptr ? "no reason is known" : words));
  }

  const std::string& file_;
  std::unique_ptr<archive, int (*)(archive*)> archive_;
  std::int64_t most_bytes_ = 0;
  std::int64_t unpacked_ = 0;
  std::int64_t number_ = 0;
};

}  // namespace

void walk_archive(const std::string& file,
                  const std::function<void(const ArchiveEntry&, const std::function<std::string()>& content)>& visit) {
  ArchiveReader reader(file);
  ArchiveEntry entry;
  while (reader.next(entry)) {
    visit(entry, [&] { return reader.content(entry); });
  }
}

bool is_archive_name(const std::string& file) {
  const std::string name = to_lower(file);
  for (std::string_view ending : {".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".zip"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

}  // namespace hone
