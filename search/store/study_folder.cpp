#include "search/store/study_folder.h"

#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "core/error.h"

namespace hone {

namespace {

namespace fs = std::filesystem;

struct NetworkFileSystem {
  unsigned long magic;
  std::string_view name;
};
/// From statfs(2) and the projects' own headers.
constexpr NetworkFileSystem kNetworkFileSystems[] = {
    {0x6969, "NFS"},      {0x517B, "SMB"},      {0xFE534D42, "SMB"}, {0xFF534D42, "CIFS"},   {0x0BD00BD3, "Lustre"},
    {0x47504653, "GPFS"}, {0x00C36400, "Ceph"}, {0x5346414F, "AFS"}, {0x19830326, "BeeGFS"},
};

[[noreturn]] void throw_not_writable(const fs::path& folder, const std::string& reason) {
  throw Error("store::not-writable", "cannot make the study folder " + folder.string() + ": " + reason, {},
              ExitCode::busy);
}

}  // namespace

std::optional<std::string_view> network_file_system(long magic) {
  for (const NetworkFileSystem& system : kNetworkFileSystems) {
    if ((static_cast<unsigned long>(magic) & 0xFFFFFFFFUL) == system.magic) return system.name;
  }
  return std::nullopt;
}

fs::path prepare_study_folder(const fs::path& folder) {
  std::error_code error;
  if (folder.has_parent_path()) fs::create_directories(folder.parent_path(), error);
  if (error) throw_not_writable(folder, error.message());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) throw_not_writable(folder, std::strerror(errno));

  const fs::path canonical = fs::canonical(folder, error);
  struct stat info {};
  if (error || ::stat(canonical.c_str(), &info) != 0) throw_not_writable(folder, error.message());
  if (!S_ISDIR(info.st_mode)) throw_not_writable(folder, "Not a directory");
  if (info.st_uid != ::geteuid()) {
    throw Error("store::foreign-folder", folder.string() + " belongs to another user");
  }
  struct statfs system {};
  if (::statfs(canonical.c_str(), &system) == 0) {
    if (const auto name = network_file_system(static_cast<long>(system.f_type))) {
      throw Error("store::network-folder", folder.string() + " lies on " + std::string(*name) +
                                               ", where a study's store is not safe: choose a local folder");
    }
  }
  return canonical;
}

}  // namespace hone
