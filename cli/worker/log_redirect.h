#pragma once

#include <cstdint>
#include <filesystem>

#include "core/process.h"

namespace hone {

/// Sends stdout and stderr of this process to stdout.<attempt>.log and stderr.<attempt>.log of a trial folder for the
/// length of a scope, so that what a library prints is found with the trial.
class LogRedirect {
 public:
  /// Throws Error("file::unwritable").
  LogRedirect(const std::filesystem::path& folder, std::int64_t attempt);
  ~LogRedirect();
  LogRedirect(const LogRedirect&) = delete;
  LogRedirect& operator=(const LogRedirect&) = delete;

 private:
  FileDescriptor saved_stdout_;
  FileDescriptor saved_stderr_;
};

}  // namespace hone
