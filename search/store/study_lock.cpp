#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <string>
#include <thread>

#include "core/error.h"
#include "core/files.h"
#include "core/text.h"
#include "search/store/store.h"
#include "search/store/study_folder.h"

namespace hone {

namespace {

namespace fs = std::filesystem;

fs::path lock_file(const fs::path& folder) { return folder / "study.lock"; }

struct flock whole_file() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof(name) - 1) == 0 ? name : "unknown host";
}

/// Three lines, for the message of whoever comes second: pid, host, boot id.
std::string holder_text() {
  const std::string boot = read_file_if_there("/proc/sys/kernel/random/boot_id").value_or("");
  return std::to_string(::getpid()) + "\n" + host_name() + "\n" + boot;
}

/// Whether the holder that wrote its name is a process of this host that no longer lives.
bool holder_is_dead(const fs::path& folder) {
  const std::vector<std::string> lines = split(read_file_if_there(lock_file(folder)).value_or(""), '\n');
  if (lines.size() < 2 || lines[1] != host_name()) return false;
  const auto pid = parse_integer(lines[0]);
  return pid && *pid > 0 && ::kill(static_cast<pid_t>(*pid), 0) != 0 && errno == ESRCH;
}

/// Takes the lock. A child that a killed coordinator was just starting holds it for the instant until it is gone too.
bool take(int fd, const fs::path& folder) {
  constexpr auto kPatience = std::chrono::seconds(3);
  constexpr auto kPause = std::chrono::milliseconds(5);
  const auto until = std::chrono::steady_clock::now() + kPatience;
  struct flock lock = whole_file();
  while (::fcntl(fd, F_OFD_SETLK, &lock) != 0) {
    if (!holder_is_dead(folder) || std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(kPause);
  }
  return true;
}

Error busy(const fs::path& folder) {
  const std::vector<std::string> lines = split(read_file_if_there(lock_file(folder)).value_or(""), '\n');
  std::string holder = "another process";
  if (lines.size() >= 2) holder = "process " + lines[0] + " on " + lines[1];
  return Error("study::busy", folder.string() + " is in use by " + holder, {}, ExitCode::busy);
}

}  // namespace

StudyLock::StudyLock(const fs::path& folder) {
  prepare_study_folder(folder);
  fd_ = ::open(lock_file(folder).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd_ < 0) {
    throw Error("store::not-writable", "cannot open " + lock_file(folder).string() + ": " + std::strerror(errno), {},
                ExitCode::busy);
  }
  if (!take(fd_, folder)) {
    ::close(fd_);
    throw busy(folder);
  }
  // Only for the message: a failure to write it must not keep the study from running.
  const std::string text = holder_text();
  if (::ftruncate(fd_, 0) != 0 || ::pwrite(fd_, text.data(), text.size(), 0) < 0) return;
}

StudyLock::~StudyLock() { ::close(fd_); }

bool StudyLock::is_held(const fs::path& folder) {
  const int fd = ::open(lock_file(folder).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return false;
  struct flock lock = whole_file();
  const bool asked = ::fcntl(fd, F_OFD_GETLK, &lock) == 0;
  ::close(fd);
  return asked && lock.l_type != F_UNLCK;
}

}  // namespace hone
