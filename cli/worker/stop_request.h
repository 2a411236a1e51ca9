#pragma once

#include <filesystem>

namespace hone {

/// Whether a trial has been asked to end: the file `stop` in its folder, or SIGTERM. While an object lives, SIGTERM no
/// longer kills the process. One object at a time.
class StopRequest {
 public:
  explicit StopRequest(std::filesystem::path trial_folder);
  ~StopRequest();
  StopRequest(const StopRequest&) = delete;
  StopRequest& operator=(const StopRequest&) = delete;

  bool made() const;
  /// SIGTERM has come: the whole process is to end after the job.
  static bool terminated();

 private:
  std::filesystem::path file_;
};

}  // namespace hone
