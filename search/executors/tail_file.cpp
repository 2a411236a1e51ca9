#include "search/executors/tail_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <utility>

namespace hone {
namespace {

constexpr std::size_t kChunkBytes = 64 * 1024;

}  // namespace

TailFile::TailFile(std::filesystem::path path, std::size_t longest_line)
    : path_(std::move(path)), lines_(longest_line) {
  open_if_there();
  struct stat info {};
  if (file_.open() && fstat(file_.get(), &info) == 0) offset_ = info.st_size;
}

void TailFile::open_if_there() {
  if (file_.open()) return;
  file_ = FileDescriptor(open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat info {};
  if (file_.open() && (fstat(file_.get(), &info) != 0 || !S_ISREG(info.st_mode))) file_.close();
}

void TailFile::read(const std::function<void(std::string_view)>& on_line) {
  open_if_there();
  if (!file_.open()) return;
  struct stat info {};
  if (fstat(file_.get(), &info) == 0 && info.st_size < offset_) offset_ = 0;
  std::string chunk(kChunkBytes, '\0');
  for (;;) {
    const ssize_t got = pread(file_.get(), chunk.data(), chunk.size(), offset_);
    if (got <= 0) return;
    offset_ += got;
    lines_.feed(std::string_view(chunk).substr(0, static_cast<std::size_t>(got)), on_line);
  }
}

void TailFile::finish(const std::function<void(std::string_view)>& on_line) {
  read(on_line);
  lines_.finish(on_line);
}

}  // namespace hone
