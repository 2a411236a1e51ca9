#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hone {

/// Whole file as bytes. Throws Error("file::unreadable") naming the path and the reason.
std::string read_file(const std::filesystem::path& path);
/// Whole file, or nothing when it does not exist.
std::optional<std::string> read_file_if_there(const std::filesystem::path& path);

enum class Durability {
  renamed,  ///< appears whole, may be lost in a power cut: for what the store can make again
  synced,   ///< appears whole and survives a power cut
};

/// Writes a file so that its final name only ever shows the whole content: temporary name in the same folder, write,
/// (fsync,) rename, (fsync the folder). Throws Error("file::unwritable").
void write_file(const std::filesystem::path& path, std::string_view content,
                Durability durability = Durability::synced);

/// A temporary name beside `path` that this process alone uses; removed by remove_leftovers when a process died.
std::filesystem::path temporary_beside(const std::filesystem::path& path);
/// fsync of the file, rename to the final name, fsync of the folder.
void publish_file(const std::filesystem::path& temporary, const std::filesystem::path& path);
/// The same for a folder with all its files.
void publish_folder(const std::filesystem::path& temporary, const std::filesystem::path& path);
/// Removes temporary names below `folder` (not recursive) that no living process owns.
void remove_leftovers(const std::filesystem::path& folder);

/// A fresh folder under the system's temporary folder, removed with everything in it at the end of the scope.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace hone
