#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "search/trial/event.h"

namespace hone {

/// `full` survives a power cut when append returns; `normal` survives kill -9, and a power cut after the next `full`.
enum class Commit { normal, full };

/// The append-only event table of one study.
class Store {
 public:
  virtual ~Store() = default;
  /// Every event with seq > `after`, checked (crc, no gap, not behind study.head).
  /// Throws Error("store::damaged", exit 8) naming the first bad seq.
  virtual std::vector<Event> load(std::int64_t after = 0) = 0;
  /// Appends all or nothing in one transaction. Throws Error("store::not-writable", exit 7) for a full disk and the
  /// like.
  virtual void append(std::span<const Event> events, Commit commit) = 0;
  virtual std::optional<std::string> meta(const std::string& key) = 0;
  virtual void set_meta(const std::string& key, const std::string& value) = 0;
  /// Seconds spent in commits so far: for benchmarks.
  virtual double commit_seconds() const = 0;
};

/// Opens or creates `folder`/study.db for writing. Refuses network file systems, foreign and newer files.
std::unique_ptr<Store> open_store(const std::filesystem::path& folder);
/// Opens an existing one to look while another process writes. Throws Error("study::not-found").
std::unique_ptr<Store> open_store_to_read(const std::filesystem::path& folder);

/// The coordinator's lock on a study folder (open-file-description lock on study.lock): the kernel frees it at death.
class StudyLock {
 public:
  /// Throws Error("study::busy", exit 7) naming pid and host of the holder.
  explicit StudyLock(const std::filesystem::path& folder);
  ~StudyLock();
  StudyLock(const StudyLock&) = delete;
  StudyLock& operator=(const StudyLock&) = delete;
  /// Whether some process holds it now.
  static bool is_held(const std::filesystem::path& folder);

 private:
  int fd_ = -1;
};

}  // namespace hone
