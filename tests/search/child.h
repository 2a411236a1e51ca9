#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <optional>

namespace hone {

/// A child process that runs `work` and ends without any clean-up, as if killed.
class Child {
 public:
  explicit Child(const std::function<void(int report_fd)>& work) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      work(ends[1]);
      ::_exit(0);
    }
    ::close(ends[1]);
    read_end_ = ends[0];
  }
  ~Child() {
    kill_and_reap();
    ::close(read_end_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  /// The next number the child wrote; nothing at its end.
  std::optional<std::int64_t> next() {
    std::int64_t number = 0;
    return ::read(read_end_, &number, sizeof(number)) == sizeof(number) ? std::optional(number) : std::nullopt;
  }
  void kill_and_reap() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
  int read_end_ = -1;
};

/// Writes a number from within the child.
inline void tell(int fd, std::int64_t number) {
  if (::write(fd, &number, sizeof(number)) != sizeof(number)) ::_exit(1);
}

}  // namespace hone
