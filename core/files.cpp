#include "core/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "core/error.h"

namespace hone {

namespace {

namespace fs = std::filesystem;

/// Every temporary name ends in ".<pid>-<start>-<n>.hone-tmp": enough to know whether its writer still lives.
constexpr std::string_view kTemporarySuffix = ".hone-tmp";

[[noreturn]] void throw_unreadable(const fs::path& path, int reason) {
  throw Error("file::unreadable", "cannot read " + path.string() + ": " + std::strerror(reason));
}

[[noreturn]] void throw_unwritable(const fs::path& path, int reason) {
  throw Error("file::unwritable", "cannot write " + path.string() + ": " + std::strerror(reason));
}

/// A descriptor for the length of a scope; an early `close` tells whether the kernel took everything.
class OpenFile {
 public:
  OpenFile(const fs::path& path, int flags, mode_t mode = 0) : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  bool open() const { return fd_ >= 0; }
  int get() const { return fd_; }
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

/// Content of an open file, or the errno of what went wrong in `reason`.
std::string read_all(int fd, int& reason) {
  struct stat info {};
  std::string content;
  if (::fstat(fd, &info) == 0 && info.st_size > 0) content.reserve(static_cast<std::size_t>(info.st_size) + 1);
  std::string piece(1 << 16, '\0');
  while (true) {
    const ssize_t got = ::read(fd, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    reason = got < 0 ? errno : 0;
    if (got <= 0) return content;
    content.append(piece, 0, static_cast<std::size_t>(got));
  }
}

void sync(const fs::path& path) {
  OpenFile file(path, O_RDONLY);
  if (!file.open() || ::fsync(file.get()) != 0) throw_unwritable(path, errno);
}

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

void rename_onto(const fs::path& temporary, const fs::path& path) {
  if (::rename(temporary.c_str(), path.c_str()) != 0) throw_unwritable(path, errno);
}

void write_all(const fs::path& path, std::string_view content, Durability durability) {
  OpenFile file(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  if (!file.open()) throw_unwritable(path, errno);
  while (!content.empty()) {
    const ssize_t put = ::write(file.get(), content.data(), content.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw_unwritable(path, errno);
    content.remove_prefix(static_cast<std::size_t>(put));
  }
  if (durability == Durability::synced && ::fsync(file.get()) != 0) throw_unwritable(path, errno);
  if (!file.close()) throw_unwritable(path, errno);
}

/// Start time of a process in clock ticks since boot (proc(5), field 22 of stat); nothing when it does not live.
std::optional<std::string> start_of_process(const std::string& pid) {
  const std::optional<std::string> stat = read_file_if_there("/proc/" + pid + "/stat");
  if (!stat) return std::nullopt;
  const std::size_t after_name = stat->rfind(')');
  if (after_name == std::string::npos) return std::nullopt;
  std::size_t at = after_name + 1;
  for (int field = 3; field < 22; ++field) at = stat->find(' ', at + 1);
  return stat->substr(at + 1, stat->find(' ', at + 1) - at - 1);
}

/// Whether the process that made a temporary name is gone.
bool is_leftover(const std::string& name) {
  if (!name.ends_with(kTemporarySuffix)) return false;
  const std::string stem = name.substr(0, name.size() - kTemporarySuffix.size());
  const std::string owner = stem.substr(stem.rfind('.') + 1);  // "<pid>-<start>-<n>"
  const std::size_t first = owner.find('-');
  const std::size_t second = owner.rfind('-');
  if (first == std::string::npos || first == second) return true;
  return start_of_process(owner.substr(0, first)) != owner.substr(first + 1, second - first - 1);
}

}  // namespace

std::string read_file(const fs::path& path) {
  const OpenFile file(path, O_RDONLY);
  if (!file.open()) throw_unreadable(path, errno);
  int reason = 0;
  std::string content = read_all(file.get(), reason);
  if (reason != 0) throw_unreadable(path, reason);
  return content;
}

std::optional<std::string> read_file_if_there(const fs::path& path) {
  const OpenFile file(path, O_RDONLY);
  if (!file.open() && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (!file.open()) throw_unreadable(path, errno);
  int reason = 0;
  std::string content = read_all(file.get(), reason);
  if (reason == ESRCH) return std::nullopt;  // a /proc entry whose process ended meanwhile
  if (reason != 0) throw_unreadable(path, reason);
  return content;
}

void write_file(const fs::path& path, std::string_view content, Durability durability) {
  const fs::path temporary = temporary_beside(path);
  try {
    write_all(temporary, content, durability);
    rename_onto(temporary, path);
  } catch (const Error&) {
    ::unlink(temporary.c_str());
    throw;
  }
  if (durability == Durability::synced) sync(folder_of(path));
}

fs::path temporary_beside(const fs::path& path) {
  static std::atomic<unsigned> counter = 0;
  const std::string pid = std::to_string(::getpid());
  const std::string start = start_of_process("self").value_or("0");
  return folder_of(path) / ("." + path.filename().string() + "." + pid + "-" + start + "-" + std::to_string(counter++) +
                            std::string(kTemporarySuffix));
}

void publish_file(const fs::path& temporary, const fs::path& path) {
  sync(temporary);
  rename_onto(temporary, path);
  sync(folder_of(path));
}

void publish_folder(const fs::path& temporary, const fs::path& path) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(temporary)) {
    if (entry.is_regular_file() || entry.is_directory()) sync(entry.path());
  }
  sync(temporary);
  // A folder that is not empty cannot be renamed over: the two change places, then the old one goes.
  if (fs::exists(path)) {
    if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) != 0) {
      throw_unwritable(path, errno);
    }
    sync(folder_of(path));
    fs::remove_all(temporary);
    return;
  }
  rename_onto(temporary, path);
  sync(folder_of(path));
}

void remove_leftovers(const fs::path& folder) {
  std::error_code ignored;
  std::vector<fs::path> leftovers;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    if (is_leftover(entry.path().filename().string())) leftovers.push_back(entry.path());
  }
  for (const fs::path& path : leftovers) fs::remove_all(path, ignored);
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "hone-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw_unwritable(name, errno);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace hone
