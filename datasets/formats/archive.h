#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace hone {

/// A regular file inside an archive.
struct ArchiveEntry {
  /// As the archive names it, without a leading "./".
  std::string path;
  /// Number among the entries, from 1: what an error names.
  std::int64_t number = 0;
};

/// Shows every regular file of an archive (tar, also .gz and .xz, or zip) in the archive's order; nothing is ever
/// unpacked to the disk. `content` gives the file's bytes when called before `visit` returns.
///
/// Throws Error("data::bad-archive") with archive, entry and byte for: what is no archive or was cut off; an entry
/// whose name is absolute or holds `..`; a link, device or other entry that is neither file nor folder; more than
/// 200,000 entries; a file above 64 MiB; contents above 20 GiB, or above 200 times the archive's size beyond 100 MiB
/// (reliability.md §10). `visit` sees the entries before the one that is refused, so collect and decide at the end.
void walk_archive(const std::string& file,
                  const std::function<void(const ArchiveEntry&, const std::function<std::string()>& content)>& visit);

/// Whether the name ends as that of an archive.
bool is_archive_name(const std::string& file);

}  // namespace hone
