#include "search/executors/group_guard.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include "core/error.h"

namespace hone {
namespace {

/// More groups at once than any machine has slots.
constexpr std::size_t kMaxGroups = 4096;

/// Descriptors but the pipe are closed: a lock or a terminal must not stay open in here.
void keep_only(int pipe) {
  dup2(pipe, 0);
  close_range(1, ~0U, 0);
}

void ignore_what_ends_the_coordinator() {
  setpgid(0, 0);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) signal(number, SIG_IGN);
}

/// The life of the guard: allocates nothing, because it is the fork of a grown process.
[[noreturn]] void guard(int pipe) {
  ignore_what_ends_the_coordinator();
  keep_only(pipe);
  static std::array<pid_t, kMaxGroups> groups;
  std::size_t count = 0;
  pid_t message = 0;
  for (;;) {
    const ssize_t got = read(0, &message, sizeof message);
    if (got < 0 && errno == EINTR) continue;
    if (got != static_cast<ssize_t>(sizeof message)) break;
    if (message > 0 && count < kMaxGroups) {
      groups[count++] = message;
    } else if (message < 0) {
      const auto end = groups.begin() + static_cast<std::ptrdiff_t>(count);
      count = static_cast<std::size_t>(std::remove(groups.begin(), end, -message) - groups.begin());
    }
  }
  for (std::size_t i = 0; i < count; ++i) kill(-groups[i], SIGKILL);
  _exit(0);
}

}  // namespace

GroupGuard::GroupGuard() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    throw Error("process::cannot-start", fmt::format("cannot make a pipe ({})", std::strerror(errno)));
  FileDescriptor read_end(ends[0]);
  pipe_ = FileDescriptor(ends[1]);
  pid_ = fork();
  if (pid_ == 0) guard(read_end.get());
  if (pid_ < 0) throw Error("process::cannot-start", fmt::format("fork failed ({})", std::strerror(errno)));
}

GroupGuard::~GroupGuard() {
  pipe_.close();
  waitpid(pid_, nullptr, 0);
}

void GroupGuard::tell(pid_t message) const {
  // A pipe takes so few bytes whole. A guard that somebody killed is missed only when this process is killed too.
  while (write(pipe_.get(), &message, sizeof message) < 0 && errno == EINTR) {
  }
}

}  // namespace hone
