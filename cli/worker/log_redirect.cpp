#include "cli/worker/log_redirect.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/error.h"

namespace hone {
namespace {

/// Puts a log file in the place of a descriptor; returns what was there.
FileDescriptor replace(int fd, const std::filesystem::path& file) {
  const FileDescriptor log(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!log.open()) throw Error("file::unwritable", "cannot write " + file.string() + ": " + std::strerror(errno));
  FileDescriptor saved(::fcntl(fd, F_DUPFD_CLOEXEC, 10));
  ::dup2(log.get(), fd);
  return saved;
}

void flush() {
  std::fflush(stdout);
  std::fflush(stderr);
}

}  // namespace

LogRedirect::LogRedirect(const std::filesystem::path& folder, std::int64_t attempt) {
  flush();
  const std::string ending = "." + std::to_string(attempt) + ".log";
  saved_stdout_ = replace(STDOUT_FILENO, folder / ("stdout" + ending));
  saved_stderr_ = replace(STDERR_FILENO, folder / ("stderr" + ending));
}

LogRedirect::~LogRedirect() {
  flush();
  if (saved_stdout_.open()) ::dup2(saved_stdout_.get(), STDOUT_FILENO);
  if (saved_stderr_.open()) ::dup2(saved_stderr_.get(), STDERR_FILENO);
}

}  // namespace hone
